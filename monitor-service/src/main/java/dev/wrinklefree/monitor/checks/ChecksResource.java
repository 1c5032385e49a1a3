package dev.wrinklefree.monitor.checks;

import dev.wrinklefree.monitor.training.WandbAccess;
import dev.wrinklefree.rest.access.Roles;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.skypilot.SkyPilotClient;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this service needs outside, tried when somebody asks. */
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class ChecksResource {

  /** So long an answer is given again: nobody can make us ask others more often. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final OutsideChecks checks;
  private final Clock clock;
  private @Nullable Kept kept;

  /** The resource over SkyPilot and W&amp;B. */
  public ChecksResource(SkyPilotClient skyPilot, WandbAccess wandb, Clock clock) {
    this.checks = new OutsideChecks(skyPilot, wandb);
    this.clock = clock;
  }

  /** The answer. */
  public record Checks(List<Check> checks) {}

  private record Kept(Checks checks, Instant until) {}

  /** What is there, and what to do where something is not; at most 10 s old. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public synchronized Checks show() {
    Kept before = kept;
    if (before != null && clock.instant().isBefore(before.until())) {
      return before.checks();
    }
    Checks now = new Checks(checks.run());
    kept = new Kept(now, clock.instant().plus(KEPT));
    return now;
  }
}
