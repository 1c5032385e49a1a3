package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.work.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Runs the submissions. Made at the start, so that its counters are told before they count. */
@Startup
@ApplicationScoped
class SubmitWorker {

  private final Submission submission;

  SubmitWorker(
      SkyPilot skyPilot,
      Submissions submissions,
      SubmissionRules rules,
      SubmissionConfig config,
      SkyPilotAccess access,
      MeterRegistry registry,
      Clock clock) {
    this.submission =
        new Submission(
            skyPilot,
            submissions,
            rules,
            new RetryPause(config.firstBackoff(), config.longestBackoff()),
            access,
            new SubmissionMetrics(registry),
            clock);
  }

  Progress advance(RunId runId) {
    return submission.advance(runId);
  }
}
