package dev.wrinklefree.delivery.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of sending something to a receiver once. */
sealed interface Attempt {

  /**
   * The receiver answered.
   *
   * @param status of HTTP
   * @param retryAfter the {@code Retry-After} header, where there was one that can be read
   */
  record Answered(int status, @Nullable Duration retryAfter) implements Attempt {

    boolean isAcknowledged() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * There was no answer.
   *
   * @param reason for the subscriber's eyes
   */
  record Unanswered(String reason) implements Attempt {}

  /** What to tell of it. */
  default String words() {
    return switch (this) {
      case Answered answered -> "HTTP " + answered.status();
      case Unanswered unanswered -> unanswered.reason();
    };
  }
}
