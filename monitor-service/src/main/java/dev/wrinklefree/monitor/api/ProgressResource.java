package dev.wrinklefree.monitor.api;

import dev.wrinklefree.monitor.registry.TrainingRepository;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs' figures, as recorded. */
@Path("/progress")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ProgressResource {

  private final TrainingRepository trainings;

  /** The resource over those runs. */
  public ProgressResource(TrainingRepository trainings) {
    this.trainings = trainings;
  }

  /** Answer of the list. */
  public record Progress(List<ProgressView> progress) {}

  /**
   * The runs that have figures, the latest told first.
   *
   * @param limit 1 to 1000, default 100
   * @param project only those of that W&amp;B project
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public Progress list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("project") @Nullable String project) {
    int max = Parameters.onlyLimit(limit);
    return new Progress(
        trainings.newestProgress(max, project).stream().map(ProgressView::of).toList());
  }

  /** One run's; 404 if it has none. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("{runId}")
  public ProgressView show(@PathParam("runId") String runId) {
    return Parameters.pathRunId(runId)
        .flatMap(trainings::progress)
        .map(ProgressView::of)
        .orElseThrow(() -> JobProblems.noProgress(runId));
  }
}
