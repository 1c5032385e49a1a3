package dev.wrinklefree.checkpoint.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wrinklefree.checkpoint.alert.Alert;
import dev.wrinklefree.checkpoint.alert.AlertRepository;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The alerts that this service raised. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
class AlertsResource {

  private final AlertRepository alerts;

  AlertsResource(AlertRepository alerts) {
    this.alerts = alerts;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Alerts as they were raised, the last raised first")
  public AlertList list(
      @QueryParam("runId") @Nullable String runId,
      @QueryParam("open") @Nullable String open,
      @QueryParam("limit") @Nullable String limit) {
    Parameters query = new Parameters();
    Optional<RunId> run = query.runId(runId);
    Boolean wanted = query.flag("open", open).orElse(null);
    int most = query.limit(limit);
    query.check();
    return new AlertList(
        alerts.newest(run.orElse(null), wanted, most).stream().map(AlertView::of).toList());
  }

  /** The answer to a list of alerts. */
  record AlertList(List<AlertView> alerts) {}

  /** The data of the event that raised it, with the status of now. */
  record AlertView(@JsonUnwrapped RunAlerted alert, Instant raisedAt, @Nullable Instant clearedAt) {

    static AlertView of(Alert alert) {
      RunAlerted raised = alert.raised();
      return new AlertView(
          new RunAlerted(
              raised.runId(),
              raised.code(),
              alert.clearedAt() == null ? Status.RAISED : Status.CLEARED,
              raised.severity(),
              raised.message(),
              raised.suggestion(),
              raised.evidence()),
          alert.raisedAt(),
          alert.clearedAt());
    }
  }
}
