package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.outbox.intake.StalledRecords.Stall;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while a record waits for its database. Not a matter of liveness: a restart would not
 * bring the database back.
 */
@Readiness
@ApplicationScoped
class IntakeCheck implements HealthCheck {

  private final StalledRecords stalled;
  private final Clock clock;
  private final IntakeConfig config;

  IntakeCheck(StalledRecords stalled, Clock clock, IntakeConfig config) {
    this.stalled = stalled;
    this.clock = clock;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("intake").up();
    stalled
        .longest()
        .filter(stall -> !clock.instant().isBefore(stall.since().plus(config.readinessLimit())))
        .ifPresent(stall -> tell(stall, response));
    return response.build();
  }

  private static void tell(Stall stall, HealthCheckResponseBuilder response) {
    response
        .down()
        .withData("partition", stall.place())
        .withData("since", stall.since().toString())
        .withData("reason", "a record cannot be handled: " + stall.reason());
  }
}
