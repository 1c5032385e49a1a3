package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.registry.BucketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges whether all buckets that should be listed are. */
final class BucketsReport {

  private BucketsReport() {}

  /**
   * What is wrong, for people.
   *
   * <p>A bucket that never was listed says something of the launch that named it, and does not
   * count while others can be listed: nobody shall be able to make the service unready by naming a
   * bucket that does not exist.
   *
   * @param buckets of all runs that are still listed
   * @param overdueAfter how long a run may wait for a listing that is due
   * @return empty if every bucket that counts was listed when it was last tried, and none waits
   */
  static Optional<String> trouble(List<BucketState> buckets, Duration overdueAfter, Instant now) {
    List<BucketState> known =
        buckets.stream().filter(bucket -> bucket.lastListedAt() != null).toList();
    List<BucketState> counting = known.isEmpty() ? buckets : known;
    String text =
        counting.stream()
            .flatMap(bucket -> trouble(bucket, overdueAfter, now).stream())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> trouble(BucketState bucket, Duration overdueAfter, Instant now) {
    if (bucket.isFailing()) {
      return Optional.of(
          "gs://%s fails since %s with %s"
              .formatted(bucket.bucket(), bucket.failingSince(), bucket.lastFailure()));
    }
    if (now.isAfter(bucket.dueAt().plus(overdueAfter))) {
      return Optional.of(
          "gs://%s has a run that waits since %s".formatted(bucket.bucket(), bucket.dueAt()));
    }
    return Optional.empty();
  }
}
