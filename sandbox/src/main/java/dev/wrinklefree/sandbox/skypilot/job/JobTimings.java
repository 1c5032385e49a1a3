package dev.wrinklefree.sandbox.skypilot.job;

import java.time.Duration;

/**
 * How long the simulated steps of a job take. A real server needs seconds to minutes for each.
 *
 * @param submission time from the launch request until its job is in the queue
 * @param queue time in PENDING before a controller claims the job
 * @param provisioning time in STARTING until the machine is up
 * @param recovery time in RECOVERING until another machine is up
 * @param teardown time in CANCELLING until the machine is gone
 */
public record JobTimings(
    Duration submission,
    Duration queue,
    Duration provisioning,
    Duration recovery,
    Duration teardown) {

  public JobTimings {
    for (Duration duration : new Duration[] {submission, queue, provisioning, recovery, teardown}) {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("duration is negative: " + duration);
      }
    }
  }

  /** These, with launch requests that become jobs at once. */
  public JobTimings(Duration queue, Duration provisioning, Duration recovery, Duration teardown) {
    this(Duration.ZERO, queue, provisioning, recovery, teardown);
  }

  /** Slow enough that a person sees each state: 0.5 s, 1 s, 3 s and 0.5 s. */
  public static JobTimings defaults() {
    return new JobTimings(
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofMillis(500));
  }

  /** The same short time for every step, for tests. */
  public static JobTimings every(Duration duration) {
    return new JobTimings(duration, duration, duration, duration);
  }

  /** The same with other launch requests. */
  public JobTimings withSubmission(Duration newSubmission) {
    return new JobTimings(newSubmission, queue, provisioning, recovery, teardown);
  }
}
