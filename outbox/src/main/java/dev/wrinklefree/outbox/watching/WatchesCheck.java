package dev.wrinklefree.outbox.watching;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Not ready while a watch is blind that the service cannot do without: what it says may long be
 * untrue.
 */
@Readiness
@ApplicationScoped
class WatchesCheck implements HealthCheck {

  private static final Logger LOGGER = LoggerFactory.getLogger(WatchesCheck.class);

  private final List<Watch> watches;
  private final WatchRecordRepository records;
  private final Clock clock;
  private final Instant startedAt;

  WatchesCheck(@All List<Watch> watches, WatchRecordRepository records, Clock clock) {
    this.watches = watches;
    this.records = records;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Makes this bean at the start, from which its patience counts. */
  void start(@Observes StartupEvent event) {
    watches.forEach(
        watch -> LOGGER.info("Watch {} is blind after {}", watch.name(), watch.patience()));
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("watches").up();
    if (watches.isEmpty()) {
      return response.build();
    }
    try {
      Map<String, WatchState> states = records.read();
      watches.forEach(
          watch -> tell(watch, states.getOrDefault(watch.name(), WatchState.UNKNOWN), response));
    } catch (SQLException e) {
      response.down().withData("reason", "the record cannot be read: " + e.getMessage());
    }
    return response.build();
  }

  private void tell(Watch watch, WatchState state, HealthCheckResponseBuilder response) {
    switch (Sight.of(watch, state, startedAt, clock.instant())) {
      case Sight.Clear() ->
          response.withData(
              watch.name(),
              state.lastSuccessAt() == null ? "no read yet" : "read at " + state.lastSuccessAt());
      case Sight.Blind(Instant since, String reason) -> {
        response.withData(watch.name(), "no successful read since " + since + ": " + reason);
        if (!watch.auxiliary()) {
          response.down();
        }
      }
    }
  }
}
