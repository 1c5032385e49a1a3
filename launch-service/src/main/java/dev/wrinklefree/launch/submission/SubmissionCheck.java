package dev.wrinklefree.launch.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while SkyPilot refuses our credentials: accepted runs wait, and somebody has to act.
 */
@Readiness
@ApplicationScoped
class SubmissionCheck implements HealthCheck {

  private final SkyPilotAccess access;

  SubmissionCheck(SkyPilotAccess access) {
    this.access = access;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("skypilot-access");
    Optional<SkyPilotAccess.Denial> denial = access.denial();
    return denial.isEmpty()
        ? response.up().build()
        : response
            .down()
            .withData("since", denial.get().since().toString())
            .withData("reason", denial.get().words())
            .withData("effect", "accepted runs wait until SkyPilot lets us submit")
            .build();
  }
}
