package dev.wrinklefree.monitor.training;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wrinklefree.monitor.alert.AlertConfig;
import dev.wrinklefree.monitor.alert.AlertPlanner;
import dev.wrinklefree.monitor.alert.AlertRules;
import dev.wrinklefree.monitor.wandb.WandbClient;
import dev.wrinklefree.monitor.wandb.WandbSettings;
import dev.wrinklefree.monitor.watch.Pace;
import dev.wrinklefree.outbox.watching.Watch;
import dev.wrinklefree.outbox.watching.WatchRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the looks at the runs' training together. */
@Singleton
class TrainingBeans {

  /** Name of the recurring task in the database; all replicas share its one execution. */
  static final String TASK = "watch-training";

  /** Name of the watch in health. */
  static final String WATCH = "wandb-watcher";

  private static final Logger LOGGER = LoggerFactory.getLogger(TrainingBeans.class);

  @Produces
  @Singleton
  WandbAccess wandbAccess(WandbConfig config) {
    if (config.apiKey().isEmpty()) {
      LOGGER.warn("W&B is {}", WandbAccess.Off.REASON);
      return new WandbAccess.Off();
    }
    return new WandbAccess.On(
        new WandbClient(
            new WandbSettings(
                config.endpoint(),
                config.apiKey().get().strip(),
                config.timeout(),
                config.pageSize())));
  }

  void close(@Disposes WandbAccess access) {
    switch (access) {
      case WandbAccess.On on -> on.client().close();
      case WandbAccess.Off ignored -> {}
    }
  }

  @Produces
  @Singleton
  TrainingPlanner trainingPlanner(AlertConfig alerts, WandbConfig config) {
    return new TrainingPlanner(new AlertPlanner(rules(alerts)), config.lastLooksFor());
  }

  /** Figures that are not read make no job's state untrue, so readiness does not depend on them. */
  @Produces
  @Singleton
  @Identifier(WATCH)
  Watch watch(WandbConfig config) {
    return Watch.auxiliary(WATCH, config.interval());
  }

  @Produces
  @Singleton
  RecurringTask<Void> trainingTask(
      TrainingLedger ledger,
      WandbAccess access,
      TrainingPlanner planner,
      MeterRegistry registry,
      @Identifier(WATCH) Watch watch,
      WatchRecord record,
      WandbConfig config,
      Clock clock) {
    ProjectReader reader =
        switch (access) {
          case WandbAccess.On on ->
              new ProjectReader(on.client(), clock, RandomGenerator.getDefault());
          case WandbAccess.Off ignored -> null;
        };
    TrainingMetrics metrics = new TrainingMetrics(registry, clock);
    TrainingRound round =
        new TrainingRound(ledger, reader, planner, clock, metrics, log(watch, record));
    return Tasks.recurring(TASK, new Pace(config.interval()))
        .execute((instance, context) -> round.run());
  }

  private static TrainingLog log(Watch watch, WatchRecord record) {
    return new TrainingLog() {
      @Override
      public void succeeded(Instant at) {
        record.succeeded(watch, at);
      }

      @Override
      public void failed(String reason, Instant at) {
        record.failed(watch, reason, at);
      }
    };
  }

  private static AlertRules rules(AlertConfig config) {
    return new AlertRules(
        config.noProgressAtLeast(),
        config.noProgressFactor(),
        config.firstStepWithin(),
        config.stuckStartingAfter(),
        config.recoveries(),
        config.recoveryWindow(),
        config.wandbSilentAfter(),
        config.lossRise(),
        config.lossNoise());
  }
}
