package dev.wrinklefree.delivery.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides what follows from an attempt.
 *
 * @param delays after the first failure, the second, and so on; after the last there is no other
 */
record RetryPlan(List<Duration> delays) {

  private static final int GONE = 410;

  /** A receiver can ask for patience, but not for more than this. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

  /** By how much a wait is longer or shorter at most. */
  private static final double JITTER = 0.2;

  /** Copies the list. */
  RetryPlan {
    delays = List.copyOf(delays);
  }

  /** What to do now. */
  sealed interface Next {

    /** It has arrived. */
    record Done() implements Next {}

    /** Try again. */
    record Again(Instant at) implements Next {}

    /** Give it up. */
    record Dead() implements Next {}

    /** The receiver wants no more: give up this and the subscription. */
    record Gone() implements Next {}
  }

  /**
   * Decides.
   *
   * @param tries how often it has been sent, this time included
   * @param created when the event was told. One that waited behind others for as long as all
   *     retries take has one try: else a dead receiver's lane would take weeks to be given up
   * @param chance from 0 to 1
   */
  Next after(Attempt attempt, int tries, Instant created, Instant now, double chance) {
    Duration asked = Duration.ZERO;
    if (attempt instanceof Attempt.Answered answered) {
      if (answered.isAcknowledged()) {
        return new Next.Done();
      }
      if (answered.status() == GONE) {
        return new Next.Gone();
      }
      Duration retryAfter = answered.retryAfter();
      if (retryAfter != null) {
        asked = shorter(retryAfter, LONGEST_RETRY_AFTER);
      }
    }
    if (tries > delays.size() || created.plus(longest()).isBefore(now)) {
      return new Next.Dead();
    }
    double factor = 1 - JITTER + 2 * JITTER * chance;
    Duration wait = Duration.ofMillis(Math.round(delays.get(tries - 1).toMillis() * factor));
    return new Next.Again(now.plus(wait.compareTo(asked) > 0 ? wait : asked));
  }

  private Duration longest() {
    Duration sum = delays.stream().reduce(Duration.ZERO, Duration::plus);
    return Duration.ofMillis(Math.round(sum.toMillis() * (1 + JITTER)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
