package dev.wrinklefree.outbox.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
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
    Duration longest = stalled.longest(clock.instant());
    return HealthCheckResponse.named("intake")
        .status(longest.compareTo(config.readinessLimit()) < 0)
        .withData("stalledMillis", longest.toMillis())
        .build();
  }
}
