package dev.wrinklefree.outbox.intake;

/** A handler failed at an event again and again; the record becomes a dead letter. */
public final class HandlerFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HandlerFailedException(int tries, Throwable cause) {
    super("handler-failed: " + tries + " times, at last with " + cause.getClass().getName(), cause);
  }
}
