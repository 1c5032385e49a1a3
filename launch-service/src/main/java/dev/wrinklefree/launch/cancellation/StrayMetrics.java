package dev.wrinklefree.launch.cancellation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How many jobs there were that should not be. */
final class StrayMetrics {

  private final Counter found;
  private final Counter cancelled;

  StrayMetrics(MeterRegistry registry) {
    this.found =
        Counter.builder("wf.stray.jobs.found")
            .description("Live jobs of a run that are not its job")
            .register(registry);
    this.cancelled =
        Counter.builder("wf.stray.jobs.cancelled")
            .description("Stray jobs that we cancelled and that ended, by the queue's word")
            .register(registry);
  }

  void found(int jobs) {
    found.increment(jobs);
  }

  void ended(int jobs) {
    cancelled.increment(jobs);
  }
}
