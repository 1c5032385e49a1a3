package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well the looks at the runs' training go. */
final class TrainingMetrics {
  private static final double MILLIS_PER_SECOND = 1000.0;

  /** The alerts that this service raises. */
  private static final List<AlertCode> CODES =
      List.of(
          AlertCode.NO_PROGRESS,
          AlertCode.STUCK_STARTING,
          AlertCode.RECOVERING_TOO_OFTEN,
          AlertCode.WANDB_SILENT,
          AlertCode.LOSS_NOT_FINITE,
          AlertCode.LOSS_DIVERGED,
          AlertCode.GPUS_IDLE);

  private final InstantSource clock;
  private final Timer round;
  private final Counter failedReads;
  private final Counter failedSettlements;
  private final Map<String, Counter> raised;
  private final AtomicReference<Instant> lastRead;
  private final AtomicInteger watched = new AtomicInteger();

  /** Registers the meters; the age of the last reading counts from now. */
  TrainingMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.lastRead = new AtomicReference<>(clock.instant());
    this.round =
        Timer.builder("wf.training.round")
            .description("One round over the runs' training")
            .register(registry);
    this.failedReads =
        Counter.builder("wf.wandb.reads.failed")
            .description("Readings of a W&B project that brought no answer")
            .register(registry);
    this.failedSettlements =
        Counter.builder("wf.training.settlements.failed")
            .description("Looks that could not be recorded; the next round tries again")
            .register(registry);
    this.raised =
        CODES.stream()
            .map(AlertCode::word)
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    code ->
                        Counter.builder("wf.monitor.alerts.raised")
                            .description("Alerts raised")
                            .tag("code", code)
                            .register(registry)));
    Gauge.builder("wf.wandb.last.read.age", this, TrainingMetrics::secondsSinceLastRead)
        .description("Age of this replica's last answer of W&B")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("wf.training.runs.watched", watched, AtomicInteger::get)
        .description("Runs looked at in the last round of this replica")
        .register(registry);
  }

  Timer round() {
    return round;
  }

  void readSucceeded() {
    lastRead.set(clock.instant());
  }

  void readFailed() {
    failedReads.increment();
  }

  void settlementFailed() {
    failedSettlements.increment();
  }

  void watching(int runs) {
    watched.set(runs);
  }

  void alerted(RunAlerted alert) {
    Counter counter = raised.get(alert.code());
    if (counter != null && alert.status() == RunAlerted.Status.RAISED) {
      counter.increment();
    }
  }

  private double secondsSinceLastRead() {
    return Duration.between(lastRead.get(), clock.instant()).toMillis() / MILLIS_PER_SECOND;
  }
}
