package dev.wrinklefree.outbox.watching;

import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What a probe found, as health tells it. */
final class Reach {

  private Reach() {}

  /**
   * Down with reason and time if it cannot be reached.
   *
   * @param probe null while the service starts
   */
  static HealthCheckResponse response(String name, @Nullable Probe probe) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
    if (probe == null) {
      return response.down().withData("reason", "not asked yet").build();
    }
    return switch (probe.sight()) {
      case Sight.Clear() -> response.up().build();
      case Sight.Blind(Instant since, String reason) ->
          response.down().withData("since", since.toString()).withData("reason", reason).build();
    };
  }
}
