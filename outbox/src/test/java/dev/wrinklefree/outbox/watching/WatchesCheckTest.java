package dev.wrinklefree.outbox.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.DOWN;
import static org.eclipse.microprofile.health.HealthCheckResponse.Status.UP;

import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.platform.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class WatchesCheckTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Inject WatchRecord record;
  @Inject DataSource dataSource;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String database;

  @Test
  void isDownOnEveryReplicaSayingWhyAndSinceWhenAndUpByItself() {
    Watch watch = new Watch("queue", Duration.ofSeconds(15));
    SettableClock clock = new SettableClock();
    // Another replica's view: it has written nothing itself.
    WatchesCheck check =
        new WatchesCheck(List.of(watch), new WatchRecordRepository(dataSource), clock);

    record.succeeded(watch, START);
    clock.set(START.plusSeconds(30));
    assertThat(check.call().getStatus()).isEqualTo(UP);

    record.failed(watch, "503 Service Unavailable", clock.instant());
    clock.set(START.plusSeconds(45));
    HealthCheckResponse blind = check.call();
    assertThat(blind.getStatus()).isEqualTo(DOWN);
    assertThat(blind.getData().orElseThrow())
        .containsEntry(
            "queue", "no successful read since 2026-11-23T10:00:00Z: 503 Service Unavailable");

    record.succeeded(watch, clock.instant());
    assertThat(check.call().getStatus()).isEqualTo(UP);
  }

  @Test
  void staysUpWithoutAWatchThatItCanDoWithoutAndSaysSo() {
    Watch watch = Watch.auxiliary("figures", Duration.ofSeconds(15));
    SettableClock clock = new SettableClock();
    WatchesCheck check =
        new WatchesCheck(List.of(watch), new WatchRecordRepository(dataSource), clock);

    clock.set(START.plusSeconds(45));
    record.failed(watch, "off: no key", clock.instant());

    HealthCheckResponse blind = check.call();
    assertThat(blind.getStatus()).isEqualTo(UP);
    assertThat(blind.getData().orElseThrow())
        .containsEntry("figures", "no successful read since 2026-11-23T10:00:00Z: off: no key");
  }

  @Test
  void cutsALongReasonAndDoesNotTurnTheTimeOfSuccessBack() throws Exception {
    Watch watch = new Watch("bucket", Duration.ofSeconds(15));
    record.succeeded(watch, START.plusSeconds(60));
    record.failed(watch, "x".repeat(10_000), START.plusSeconds(61));
    record.succeeded(watch, START);

    WatchState state = recorded("bucket");
    assertThat(state.lastSuccessAt()).isEqualTo(START.plusSeconds(60));
    assertThat(state.lastFailure()).hasSize(500);
  }

  @Test
  void neverFailsTheWatcherForItsDatabase() throws Exception {
    Watch watch = new Watch("queue-2", Duration.ofSeconds(15));
    try (TestPostgres.Outage outage = TestPostgres.interrupt(database)) {
      record.succeeded(watch, START);
    }
    // The pool may still hold connections of before the outage; each fails once.
    Instant after = START.plusMillis(1);
    await()
        .atMost(ContractConsumer.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              record.succeeded(watch, after);
              assertThat(recorded("queue-2").lastSuccessAt()).isEqualTo(after);
            });
  }

  private WatchState recorded(String watch) throws SQLException {
    return new WatchRecordRepository(dataSource).read().getOrDefault(watch, WatchState.UNKNOWN);
  }

  /** Stands still until it is set. */
  private static final class SettableClock extends Clock {

    private Instant now = START;

    void set(Instant to) {
      now = to;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
