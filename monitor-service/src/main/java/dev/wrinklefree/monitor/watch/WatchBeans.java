package dev.wrinklefree.monitor.watch;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.outbox.watching.Watch;
import dev.wrinklefree.outbox.watching.WatchRecord;
import dev.wrinklefree.skypilot.SkyPilotClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Puts the watch together. */
@Singleton
class WatchBeans {

  /** Name of the recurring task in the database; all replicas share its one execution. */
  static final String TASK = "watch-queue";

  /** Name of the watch in health. */
  static final String WATCH = "skypilot-watcher";

  /** In microseconds, as PostgreSQL keeps times: what is written compares equal to what is read. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
  }

  @Produces
  @Singleton
  SkyPilotClient skyPilotClient(SkyPilotConfig config) {
    return new SkyPilotClient(SkyPilotSettingsReader.read(config));
  }

  void close(@Disposes SkyPilotClient client) {
    client.close();
  }

  @Produces
  @Singleton
  ChangePlanner changePlanner(WatchConfig config) {
    return new ChangePlanner(config.unknownAfter());
  }

  @Produces
  @Singleton
  WatchMetrics watchMetrics(MeterRegistry registry, Clock clock) {
    return new WatchMetrics(registry, clock);
  }

  @Produces
  @Singleton
  QueueReader queueReader(
      SkyPilotClient client, Clock clock, WatchConfig config, WatchMetrics metrics) {
    return new QueueReader(
        client::queue, clock, config.pageSize(), failure -> metrics.readFailed());
  }

  @Produces
  @Singleton
  WatchRound watchRound(
      Ledger ledger,
      QueueReader queue,
      ChangePlanner planner,
      WatchMetrics metrics,
      Watch watch,
      WatchRecord record,
      Clock clock) {
    return new WatchRound(ledger, queue, planner, clock, metrics, log(watch, record));
  }

  /**
   * The watch that readiness is judged by, of all replicas alike: only one of them reads, but what
   * it records is in the database that they share.
   */
  @Produces
  @Singleton
  Watch watch(WatchConfig config) {
    return new Watch(WATCH, config.interval());
  }

  private static WatchLog log(Watch watch, WatchRecord record) {
    return new WatchLog() {
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

  /**
   * The recurring round. Its execution is one row: the replica that picks it up works alone until
   * the round's end, and when its heartbeat stops another picks it up again.
   */
  @Produces
  @Singleton
  RecurringTask<Void> watchTask(WatchRound round, WatchConfig config) {
    return Tasks.recurring(TASK, new Pace(config.interval()))
        .execute((instance, context) -> round.run());
  }
}
