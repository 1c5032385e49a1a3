package dev.wrinklefree.cost.outlook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How often a run writes a checkpoint and how long that takes.
 *
 * @param intervalSeconds median of the seconds from one checkpoint to the next on the same
 *     machines; absent before there are two
 * @param saveSeconds how long one takes, in whole seconds, at least 1; absent before there is one
 * @param saveSource how that is known; absent with {@code saveSeconds}
 */
public record SaveRhythm(
    @Nullable Long intervalSeconds, @Nullable Long saveSeconds, @Nullable String saveSource) {

  /** Nothing is known. */
  public static final SaveRhythm UNKNOWN = new SaveRhythm(null, null, null);

  /** How many of the newest checkpoints count. */
  public static final int NEWEST = 20;

  /** What a training that writes into a mounted bucket reaches, where nothing was measured. */
  static final long ASSUMED_BYTES_PER_SECOND = 100_000_000;

  /**
   * One complete checkpoint.
   *
   * @param writtenAt when its last object was finalised
   * @param bytes of all objects
   * @param measured how long it took by the times of its objects; absent where they tell nothing
   */
  public record Save(Instant writtenAt, long bytes, @Nullable Duration measured) {}

  /**
   * What checkpoints tell.
   *
   * @param newest in the order of time
   * @param sameMachines whether two of them were written on the same machines
   */
  public static SaveRhythm of(List<Save> newest, BiPredicate<Instant, Instant> sameMachines) {
    if (newest.isEmpty()) {
      return UNKNOWN;
    }
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < newest.size(); i++) {
      Instant from = newest.get(i - 1).writtenAt();
      Instant to = newest.get(i).writtenAt();
      long seconds = Duration.between(from, to).toSeconds();
      if (seconds > 0 && sameMachines.test(from, to)) {
        gaps.add(seconds);
      }
    }
    List<Long> measured =
        newest.stream()
            .map(Save::measured)
            .filter(took -> took != null && took.isPositive())
            .map(took -> Math.ceilDiv(took.toMillis(), 1000L))
            .toList();
    Long interval = gaps.isEmpty() ? null : median(gaps);
    return measured.isEmpty()
        ? new SaveRhythm(interval, assumed(newest), "assumed: written at 100 MB/s")
        : new SaveRhythm(
            interval,
            Math.max(1, median(measured)),
            "measured: by the times of the objects of " + measured.size() + " checkpoints");
  }

  private static long assumed(List<Save> newest) {
    long bytes = median(newest.stream().map(Save::bytes).toList());
    return Math.max(1, Math.ceilDiv(bytes, ASSUMED_BYTES_PER_SECOND));
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
