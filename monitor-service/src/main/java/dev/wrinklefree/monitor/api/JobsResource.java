package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.monitor.registry.KnownRun;
import dev.wrinklefree.monitor.registry.RunRepository;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.Problems;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs of the runs, as recorded. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class JobsResource {

  private final RunRepository runs;

  /** The resource over those runs. */
  public JobsResource(RunRepository runs) {
    this.runs = runs;
  }

  /** Answer of the list. */
  public record Jobs(List<JobView> jobs) {}

  /**
   * The runs that have a job, newest first.
   *
   * @param limit 1 to 1000, default 100
   * @param state only those in that state
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public Jobs list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("state") @Nullable String state) {
    Parameters query = new Parameters();
    int max = query.limit(limit);
    Optional<JobState> wanted = JobParameters.state(query, state);
    query.check();
    return new Jobs(runs.newest(max, wanted.orElse(null)).stream().map(JobView::of).toList());
  }

  /** One run with its history; 404 if it is not known. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("{runId}")
  public JobView show(@PathParam("runId") String runId) {
    KnownRun run = known(runs, runId);
    return JobView.of(run, runs.history(run.job().runId()));
  }

  /**
   * The run of that id.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 404
   */
  public static KnownRun known(RunRepository runs, String runId) {
    return Parameters.pathRunId(runId)
        .flatMap(runs::find)
        .orElseThrow(() -> Problems.unknownRun(runId));
  }
}
