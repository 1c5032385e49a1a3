package dev.wrinklefree.launch.submission;

import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState.Submitted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How well submissions go. */
final class SubmissionMetrics {

  private static final double MEDIAN = 0.5;
  private static final double WORST_OF_HUNDRED = 0.99;

  private final Timer latency;
  private final Counter repeats;
  private final Counter recovered;
  private final Counter adopted;

  SubmissionMetrics(MeterRegistry registry) {
    this.latency =
        Timer.builder("wf.submit.latency")
            .description("From a run's acceptance to its job id")
            .publishPercentiles(MEDIAN, WORST_OF_HUNDRED)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(50))
            .maximumExpectedValue(Duration.ofMinutes(30))
            .register(registry);
    this.repeats =
        Counter.builder("wf.submit.repeats")
            .description("Launch requests that were sent again for the same run")
            .register(registry);
    this.recovered =
        Counter.builder("wf.submit.recovered")
            .description("Launch requests whose answer was lost and that were found at SkyPilot")
            .register(registry);
    this.adopted =
        Counter.builder("wf.submit.adopted")
            .description("Jobs that were found in the queue rather than answered")
            .register(registry);
  }

  void repeated() {
    repeats.increment();
  }

  void recovered() {
    recovered.increment();
  }

  void submitted(Run run, Submitted job) {
    Duration taken = Duration.between(run.answeredAt(), job.at());
    if (!taken.isNegative()) {
      latency.record(taken);
    }
    if (job.adopted()) {
      adopted.increment();
    }
  }
}
