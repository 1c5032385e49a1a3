package dev.wrinklefree.skypilot.failure;

import org.jspecify.annotations.Nullable;

/**
 * Whether a call may be made twice. The API server has no idempotency key, so this alone decides
 * what a lost answer means.
 */
public enum Repeatability {
  /** Reads, and changes that are the same when made twice (cancelling a job by id). */
  REPEATABLE,
  /** A launch: made twice, it starts two jobs. */
  ONCE;

  /** The failure to throw when the call may have reached the server but its answer is lost. */
  public SkyPilotException lost(String message, @Nullable Throwable cause) {
    return switch (this) {
      case REPEATABLE -> new SkyPilotException.Retryable(message, cause);
      case ONCE -> new SkyPilotException.UnknownOutcome(message, cause);
    };
  }
}
