package dev.wrinklefree.launch.ownership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts cancel events that were refused, as {@code wf.cancels.refused}. */
public final class RefusedCancels {

  private final Counter counter;

  /** Counts there. */
  public RefusedCancels(MeterRegistry registry) {
    counter =
        Counter.builder("wf.cancels.refused")
            .description("Cancel events whose sender may not cancel the run")
            .register(registry);
  }

  /** One more. */
  public void count() {
    counter.increment();
  }
}
