package dev.wrinklefree.skypilot.failure;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A call to the SkyPilot API server that brought no result.
 *
 * <p>There are exactly three kinds, told apart by what the caller may do next. They are exceptions
 * and not results because every method of the client can end in each of them, and a caller that
 * forgets one must not go on with nothing in its hands. The hierarchy is sealed, so a {@code
 * switch} over it is checked for completeness.
 */
public abstract sealed class SkyPilotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SkyPilotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Nothing was changed, or the call may be repeated without harm: the same call can be made later.
   */
  public static final class Retryable extends SkyPilotException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure; {@code cause} is what the transport reported, if it did. */
    public Retryable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The server may or may not have done what was asked: read its state (the queue, by job name)
   * before asking again.
   */
  public static final class UnknownOutcome extends SkyPilotException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure; {@code cause} is what the transport reported, if it did. */
    public UnknownOutcome(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The server refused, and would refuse the same call again; {@link #refusal()} says why. */
  public static final class Permanent extends SkyPilotException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    /** Creates the failure with the refusal's own description as its message. */
    public Permanent(Refusal refusal) {
      super(requireNonNull(refusal, "refusal is null").describe(), null);
      this.refusal = refusal;
    }

    /** Why the server refused. */
    public Refusal refusal() {
      return refusal;
    }
  }
}
