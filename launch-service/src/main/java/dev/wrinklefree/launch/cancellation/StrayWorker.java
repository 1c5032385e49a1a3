package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.work.Later;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Runs the watch for stray jobs. Made at the start, so that its counters are told before they
 * count.
 */
@Startup
@ApplicationScoped
class StrayWorker {

  private final StrayJobs strays;

  StrayWorker(
      SkyPilot skyPilot,
      CancelRecords records,
      LookPlan plan,
      StrayConfig config,
      CancellationConfig cancellation,
      MeterRegistry registry,
      Clock clock) {
    this.strays =
        new StrayJobs(
            skyPilot,
            records,
            plan,
            new StrayMetrics(registry),
            cancellation.interval(),
            config.maxAge(),
            clock);
  }

  Optional<Later<StrayWatch>> look(RunId runId, StrayWatch watch) {
    return strays.look(runId, watch);
  }
}
