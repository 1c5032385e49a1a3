package dev.wrinklefree.sandbox.platform;

/**
 * Something outside that must be put right before the platform can start; the message says what and
 * how.
 */
public final class SetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one line for a person
   */
  public SetupException(String message) {
    super(message);
  }

  /**
   * @param message one line for a person
   * @param cause what was seen
   */
  public SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
