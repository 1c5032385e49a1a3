package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.registry.TrainingRepository;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts that this service raised. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class AlertsResource {

  private final TrainingRepository trainings;

  /** The resource over those runs. */
  public AlertsResource(TrainingRepository trainings) {
    this.trainings = trainings;
  }

  /** Answer of the list. */
  public record Alerts(List<AlertView> alerts) {}

  /**
   * The alerts, newest first.
   *
   * @param runId only that run's
   * @param open {@code true}: only open ones; {@code false}: only those that are over
   * @param limit 1 to 1000, default 100
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public Alerts list(
      @QueryParam("runId") @Nullable String runId,
      @QueryParam("open") @Nullable String open,
      @QueryParam("limit") @Nullable String limit) {
    Parameters query = new Parameters();
    int max = query.limit(limit);
    Optional<RunId> run = query.runId(runId);
    Boolean wanted = query.flag("open", open).orElse(null);
    query.check();
    return new Alerts(
        trainings.newestAlerts(max, run.orElse(null), wanted).stream().map(AlertView::of).toList());
  }
}
