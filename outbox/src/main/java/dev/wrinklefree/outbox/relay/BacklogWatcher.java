package dev.wrinklefree.outbox.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the backlog at intervals, for metrics and health: a scrape or a probe must not wait for a
 * database that is down. Publishes {@code wf.outbox.depth}, {@code wf.outbox.oldest.age}, {@code
 * wf.outbox.published}, {@code wf.outbox.failed} and {@code wf.outbox.publish}.
 */
@ApplicationScoped
class BacklogWatcher implements RelayMeters {

  private static final Logger LOGGER = LoggerFactory.getLogger(BacklogWatcher.class);

  private final BacklogRepository repository = new BacklogRepository();
  private final DataSource dataSource;
  private final RelayConfig config;
  private final Counter published;
  private final Counter failed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("outbox-backlog").daemon().factory());
  private final Timer latency;
  private volatile Backlog latest = Backlog.EMPTY;
  private volatile @Nullable String lastFailure;

  BacklogWatcher(DataSource dataSource, RelayConfig config, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.config = config;
    Gauge.builder("wf.outbox.depth", () -> latest.depth())
        .description("Events that are committed and not yet on the broker")
        .register(meters);
    TimeGauge.builder("wf.outbox.oldest.age", () -> latest.oldest().toMillis(), MILLIS)
        .description("Age of the oldest such event")
        .register(meters);
    published =
        Counter.builder("wf.outbox.published")
            .description("Events that the broker acknowledged")
            .register(meters);
    latency =
        Timer.builder("wf.outbox.publish")
            .description("From an event's append to the broker's acknowledgement")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(60))
            .register(meters);
    failed =
        Counter.builder("wf.outbox.failed")
            .description("Attempts to publish an event that failed")
            .register(meters);
  }

  private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

  void start(@Observes StartupEvent event) {
    long interval = config.measureInterval().toMillis();
    timer.scheduleWithFixedDelay(this::measure, 0, interval, MILLIS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  @Override
  public void add(Wave wave) {
    published.increment(wave.published());
    failed.increment(wave.claimed() - (double) wave.published());
    wave.latencies().forEach(latency::record);
    if (wave.claimed() > 0 && wave.failure().isEmpty()) {
      lastFailure = null;
    }
  }

  @Override
  public void failed(String reason) {
    lastFailure = reason;
  }

  /** Why the relay of this process could not publish the last time it tried; empty if it could. */
  Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** As last counted. */
  Backlog latest() {
    return latest;
  }

  private void measure() {
    try (Connection connection = dataSource.getConnection()) {
      latest = repository.measure(connection);
    } catch (SQLException | RuntimeException e) {
      // The data source's own readiness check tells it; the figures stay as they were.
      LOGGER.debug("backlog cannot be counted", e);
    }
  }
}
