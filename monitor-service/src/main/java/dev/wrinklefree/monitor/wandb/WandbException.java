package dev.wrinklefree.monitor.wandb;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question that W&amp;B did not answer. It says nothing of any run. */
public final class WandbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** The API key is not known, or may not see the project. */
    UNAUTHORIZED,
    /** We asked too often. */
    RATE_LIMITED,
    /** The same question will be refused again. */
    REFUSED,
    /** No answer, a torn one or a failure of the server: worth another try. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;

  /**
   * A failure of that kind.
   *
   * @param message for people, without secrets
   */
  public WandbException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, null);
  }

  WandbException(
      Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** What kind it was. */
  public Kind kind() {
    return kind;
  }

  /** How long the server asks us to wait, where it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
