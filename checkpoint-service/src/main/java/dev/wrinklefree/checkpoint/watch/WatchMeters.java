package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.contract.event.CheckpointWritten;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** What is counted of the watch. */
final class WatchMeters {

  private static final Duration LEAST_LATENCY = Duration.ofMillis(10);
  private static final Duration MOST_LATENCY = Duration.ofMinutes(5);

  private final MeterRegistry registry;
  private final Timer detection;
  private final Counter ahead;

  WatchMeters(MeterRegistry registry) {
    this.registry = registry;
    this.detection =
        Timer.builder("wf.detection.latency")
            .description("From an object's finalisation, by Google's clock, to its event, by ours")
            .publishPercentileHistogram()
            .minimumExpectedValue(LEAST_LATENCY)
            .maximumExpectedValue(MOST_LATENCY)
            .register(registry);
    this.ahead =
        Counter.builder("wf.checkpoint.ahead")
            .description("Checkpoints that were written after now: the clocks differ")
            .register(registry);
  }

  /** A listing was dropped, since another one of the run was recorded before it. */
  void dropped() {
    registry.counter("wf.checkpoint.listings.dropped").increment();
  }

  /** A listing is over: {@code listed}, {@code unknown} or {@code error}. */
  void listing(Timer.Sample sample, String outcome) {
    sample.stop(registry.timer("wf.checkpoint.listing", "outcome", outcome));
  }

  Timer.Sample begin() {
    return Timer.start(registry);
  }

  /** A listing brought nothing, for the reason that the code says. */
  void refused(String code) {
    registry.counter("wf.checkpoint.listings.refused", "code", code).increment();
  }

  /** A checkpoint's event is appended. */
  void written(CheckpointWritten checkpoint, Instant now) {
    registry.counter("wf.checkpoint.written", "kind", checkpoint.kind().word()).increment();
    Duration latency = Duration.between(checkpoint.writtenAt(), now);
    if (latency.isNegative()) {
      // A timer drops what is negative.
      ahead.increment();
      latency = Duration.ZERO;
    }
    detection.record(latency);
  }
}
