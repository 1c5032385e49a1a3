package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leaves a bucket in peace that refuses listings, however many runs have their prefixes in it: one
 * listing at a time tries it, ever more rarely, until one succeeds. Known to this replica alone.
 */
final class BucketPauses {

  private final Backoff backoff;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  /**
   * A bucket's pause.
   *
   * @param failures trials in a row that were refused
   * @param refusedAt when the last of them was
   * @param until when the next may begin
   */
  private record Pause(int failures, Instant refusedAt, Instant until) {}

  /**
   * @param first pause
   * @param longest pause
   */
  BucketPauses(Duration first, Duration longest) {
    this.backoff = new Backoff(first, longest);
  }

  /** Whether a listing may begin. If it is a trial, the others are held back until it has ended. */
  boolean admits(String bucket, Instant now) {
    AtomicBoolean admitted = new AtomicBoolean(true);
    pauses.computeIfPresent(
        bucket,
        (name, pause) -> {
          // Further away than any pause: the clock has been set back.
          boolean over =
              !now.isBefore(pause.until()) || pause.until().isAfter(now.plus(backoff.longest()));
          admitted.set(over);
          return over
              ? new Pause(pause.failures(), pause.refusedAt(), untilAfter(pause.failures(), now))
              : pause;
        });
    return admitted.get();
  }

  /**
   * The bucket refused a listing, or did not answer.
   *
   * @param begunAt when the listing began: one that was under way when another was refused says
   *     nothing new
   */
  void refused(String bucket, Instant begunAt, Instant now) {
    pauses.merge(
        bucket,
        new Pause(1, now, untilAfter(1, now)),
        (pause, first) -> {
          if (begunAt.isBefore(pause.refusedAt())) {
            return pause;
          }
          int failures = pause.failures() + 1;
          return new Pause(failures, now, untilAfter(failures, now));
        });
  }

  /** The bucket answered. */
  void answered(String bucket) {
    pauses.remove(bucket);
  }

  private Instant untilAfter(int failures, Instant now) {
    return now.plus(backoff.after(failures));
  }
}
