package dev.wrinklefree.outbox.topics;

/** The broker's topics are not fit for the contract; the message says which and why. */
public final class TopicsRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TopicsRefusedException(String message) {
    super(message);
  }

  TopicsRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
