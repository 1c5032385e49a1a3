package dev.wrinklefree.launch.checks;

import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.template.TemplateLibrary;
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

/** What launching needs outside, tried when somebody asks. */
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class ChecksResource {

  /** So long an answer is given again: nobody can make us ask SkyPilot more often. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final LaunchChecks checks;
  private final Clock clock;
  private @Nullable Kept kept;

  ChecksResource(SkyPilotClient skyPilot, TemplateLibrary templates, Catalog catalog, Clock clock) {
    this.checks = new LaunchChecks(skyPilot::enabledClouds, templates, catalog);
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
