package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.work.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Runs the cancels of submitted runs. */
@ApplicationScoped
class CancelWorker {

  private final Cancelling cancelling;

  CancelWorker(SkyPilot skyPilot, CancelRecords records, CancellationConfig config, Clock clock) {
    this.cancelling = new Cancelling(skyPilot, records, config.interval(), config.maxAge(), clock);
  }

  Progress advance(RunId runId) {
    return cancelling.advance(runId);
  }
}
