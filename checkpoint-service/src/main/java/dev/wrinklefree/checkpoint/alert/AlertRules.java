package dev.wrinklefree.checkpoint.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When a checkpoint is late.
 *
 * @param firstCheckpoint how long the first one of new machines may take, set-up included, and any
 *     other as long as the run's rhythm is not known
 * @param factor how many of the run's own intervals may pass until the next, at least 1
 * @param leastOverdue no checkpoint is late before, however short the intervals
 * @param incompleteAfter how long nothing has to change in a directory that lacks objects
 * @param finalGrace how long the final checkpoint may take after the job's success
 */
public record AlertRules(
    Duration firstCheckpoint,
    double factor,
    Duration leastOverdue,
    Duration incompleteAfter,
    Duration finalGrace) {

  /** How many of the last checkpoints tell the rhythm: enough that one odd interval is none. */
  static final int CHECKPOINTS_OF_RHYTHM = 21;

  private static final int LEAST_INTERVALS = 2;
  private static final double LARGEST_FACTOR = 1000;

  /**
   * @throws IllegalArgumentException if a length is negative, or the factor makes no sense
   */
  public AlertRules {
    for (Duration length : List.of(firstCheckpoint, leastOverdue, incompleteAfter, finalGrace)) {
      if (length.isNegative()) {
        throw new IllegalArgumentException("a length of wf.checkpoint.alerts is negative");
      }
    }
    if (!(factor >= 1 && factor <= LARGEST_FACTOR)) {
      throw new IllegalArgumentException(
          "wf.checkpoint.alerts.factor must be from 1 to 1000, not " + factor);
    }
  }

  /**
   * The run's rhythm: the median of its intervals, which one long pause or two quick saves do not
   * move; of an even number the longer of the middle two.
   *
   * @param written when its last checkpoints were written, by Google's clock
   * @return empty while there are fewer than two intervals
   */
  static Optional<Duration> rhythm(List<Instant> written) {
    List<Instant> ordered = written.stream().sorted().toList();
    List<Duration> intervals =
        IntStream.range(1, ordered.size())
            .mapToObj(i -> Duration.between(ordered.get(i - 1), ordered.get(i)))
            .sorted()
            .toList();
    return intervals.size() < LEAST_INTERVALS
        ? Optional.empty()
        : Optional.of(intervals.get(intervals.size() / 2));
  }

  /**
   * How long the next checkpoint may take.
   *
   * @param written when the last checkpoints were written, by Google's clock
   * @param firstAwaited whether the job's machines have not written one
   */
  Duration limit(List<Instant> written, boolean firstAwaited) {
    Duration learned =
        rhythm(written)
            .map(rhythm -> longer(leastOverdue, times(rhythm, factor)))
            .orElse(firstCheckpoint);
    return firstAwaited ? longer(firstCheckpoint, learned) : learned;
  }

  private static Duration times(Duration length, double factor) {
    return Duration.ofMillis(Math.round(length.toMillis() * factor));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
