package dev.wrinklefree.checkpoint.api;

/** A run without a checkpoint, or no run at all. */
final class NoCheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoCheckpointException(String runId) {
    super("No checkpoint of a run " + runId + " is known.");
  }
}
