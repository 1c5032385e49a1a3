package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.alert.AlertRepository;
import dev.wrinklefree.cost.alert.AlertView;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a person should look at in the money of runs. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
public class AlertsResource {

  private final AlertRepository alerts;

  /** Reads {@code alerts}. */
  public AlertsResource(AlertRepository alerts) {
    this.alerts = alerts;
  }

  /**
   * The newest alerts.
   *
   * @param alerts newest first
   */
  public record Alerts(List<AlertView> alerts) {}

  /**
   * The newest alerts.
   *
   * @param runId only of this run
   * @param open {@code true}: only those that are raised; {@code false}: only those that are over
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Alerts about prices and budgets, newest first")
  public Alerts list(
      @RestQuery @Nullable String runId,
      @RestQuery @Nullable String open,
      @RestQuery @Nullable String limit) {
    Parameters parameters = new Parameters();
    int most = parameters.limit(limit);
    RunId run = parameters.runId(runId).orElse(null);
    Boolean isOpen = parameters.flag("open", open).orElse(null);
    parameters.check();
    return new Alerts(alerts.newest(run, isOpen, most));
  }
}
