package dev.wrinklefree.sandbox.platform;

/**
 * A part of the platform did not come up, or died; the message is for a person and may have several
 * lines.
 */
public final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message which part, and what it last said
   */
  public StartException(String message) {
    super(message);
  }

  /**
   * @param message which part, and what it last said
   * @param cause what was seen
   */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
