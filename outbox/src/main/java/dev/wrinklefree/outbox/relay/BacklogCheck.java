package dev.wrinklefree.outbox.relay;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while events wait too long for the broker: what is accepted would not be told. */
@Readiness
@ApplicationScoped
class BacklogCheck implements HealthCheck {

  private final BacklogWatcher watcher;
  private final RelayConfig config;

  BacklogCheck(BacklogWatcher watcher, RelayConfig config) {
    this.watcher = watcher;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    Backlog backlog = watcher.latest();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("outbox")
            .up()
            .withData("depth", backlog.depth())
            .withData("oldestAgeMillis", backlog.oldest().toMillis());
    if (backlog.oldest().compareTo(config.readinessLimit()) >= 0) {
      String reason = watcher.lastFailure().orElse("no failure here; see the other replicas");
      response.down().withData("reason", "events wait for the broker: " + reason);
    }
    return response.build();
  }
}
