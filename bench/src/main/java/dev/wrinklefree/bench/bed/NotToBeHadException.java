package dev.wrinklefree.bench.bed;

/** Something that a suite needs is not on this machine; the message says what and why. */
public final class NotToBeHadException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param message for people: what is missing and how to get it
   */
  public NotToBeHadException(String message) {
    super(message);
  }
}
