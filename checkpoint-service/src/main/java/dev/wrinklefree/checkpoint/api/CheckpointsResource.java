package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.ledger.StoredCheckpoint;
import dev.wrinklefree.checkpoint.unattributed.UnattributedObject;
import dev.wrinklefree.checkpoint.unattributed.UnattributedRepository;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The published checkpoints, and what belongs to no run. */
@Path("/checkpoints")
@Produces(MediaType.APPLICATION_JSON)
class CheckpointsResource {

  private final CheckpointRepository checkpoints;
  private final UnattributedRepository unattributed;

  CheckpointsResource(CheckpointRepository checkpoints, UnattributedRepository unattributed) {
    this.checkpoints = checkpoints;
    this.unattributed = unattributed;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Published checkpoints, every revision, the last written first")
  public CheckpointList list(
      @QueryParam("runId") @Nullable String runId, @QueryParam("limit") @Nullable String limit) {
    Parameters query = new Parameters();
    Optional<RunId> wanted = query.runId(runId);
    int most = query.limit(limit);
    query.check();
    return new CheckpointList(
        wanted
            .map(run -> checkpoints.newestOf(run, most))
            .orElseGet(() -> checkpoints.newest(most)));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("/{runId}/latest")
  @Operation(summary = "The checkpoint of a run that was written last and is still in the bucket")
  public StoredCheckpoint latest(@PathParam("runId") String runId) {
    return Parameters.pathRunId(runId)
        .flatMap(checkpoints::latestOf)
        .orElseThrow(() -> CheckpointProblems.noCheckpoint(runId));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("/unattributed")
  @Operation(summary = "Objects under the watched roots that belong to no known run")
  public UnattributedList unattributed(@QueryParam("limit") @Nullable String limit) {
    return new UnattributedList(unattributed.newest(Parameters.onlyLimit(limit)));
  }

  /** The answer to a list of checkpoints. */
  record CheckpointList(List<StoredCheckpoint> checkpoints) {}

  /** The answer to a list of unattributed objects. */
  record UnattributedList(List<UnattributedObject> objects) {}
}
