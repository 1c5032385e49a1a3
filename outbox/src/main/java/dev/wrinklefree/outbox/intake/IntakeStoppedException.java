package dev.wrinklefree.outbox.intake;

/** The process stops while a record waits for its database; another replica will handle it. */
final class IntakeStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IntakeStoppedException(Throwable lastFailure) {
    super("stopped while waiting to try again", lastFailure);
  }
}
