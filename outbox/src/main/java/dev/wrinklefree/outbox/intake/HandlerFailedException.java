package dev.wrinklefree.outbox.intake;

/** A handler failed at an event again and again; the record becomes a dead letter. */
public final class HandlerFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Begins the message, and is the reason by which such dead letters are counted. */
  static final String CODE = "handler-failed";

  HandlerFailedException(int tries, Throwable cause) {
    super(CODE + ": " + tries + " times, at last with " + cause.getClass().getName(), cause);
  }
}
