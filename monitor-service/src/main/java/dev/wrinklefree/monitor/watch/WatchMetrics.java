package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.state.Plan.TimeOrigin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** How well the watch goes. */
public final class WatchMetrics {
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final InstantSource clock;
  private final Timer detection;
  private final Timer round;
  private final Counter failedReads;
  private final Counter failedSettlements;
  private final AtomicReference<Instant> lastRead;
  private final AtomicInteger watched = new AtomicInteger();

  /** Registers the meters; the age of the last reading counts from now. */
  public WatchMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.lastRead = new AtomicReference<>(clock.instant());
    this.detection =
        Timer.builder("wf.detection.latency")
            .description("From SkyPilot's time of a change to our record of it")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(10))
            .maximumExpectedValue(Duration.ofMinutes(2))
            .register(registry);
    this.round =
        Timer.builder("wf.monitor.round").description("One round of the watch").register(registry);
    this.failedReads =
        Counter.builder("wf.monitor.queue.reads.failed")
            .description("Requests to SkyPilot's queue that brought no answer")
            .register(registry);
    this.failedSettlements =
        Counter.builder("wf.monitor.settlements.failed")
            .description("Findings that could not be recorded; the next round tries again")
            .register(registry);
    Gauge.builder("wf.monitor.queue.last.read.age", this, WatchMetrics::secondsSinceLastRead)
        .description("Age of this replica's last successful reading")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("wf.monitor.jobs.watched", watched, AtomicInteger::get)
        .description("Runs looked for in the last round of this replica")
        .register(registry);
  }

  /** The timer of whole rounds. */
  Timer round() {
    return round;
  }

  /** A request to the queue failed. */
  public void readFailed() {
    failedReads.increment();
  }

  void settlementFailed() {
    failedSettlements.increment();
  }

  void watching(int runs) {
    watched.set(runs);
  }

  /** A reading of the queue succeeded. */
  void readSucceeded() {
    lastRead.set(clock.instant());
  }

  /** Only where SkyPilot told when a change happened is it known how long we took to see it. */
  void settled(Settlement settlement) {
    if (settlement.plan() instanceof Plan.Tell tell && tell.timeOrigin() == TimeOrigin.SKYPILOT) {
      Duration latency = Duration.between(tell.time(), settlement.recordedAt());
      if (!latency.isNegative()) {
        detection.record(latency);
      }
    }
  }

  private double secondsSinceLastRead() {
    return Duration.between(lastRead.get(), clock.instant()).toMillis() / MILLIS_PER_SECOND;
  }
}
