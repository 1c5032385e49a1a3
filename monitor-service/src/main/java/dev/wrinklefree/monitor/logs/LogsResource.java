package dev.wrinklefree.monitor.logs;

import dev.wrinklefree.monitor.api.JobParameters;
import dev.wrinklefree.monitor.api.JobProblems;
import dev.wrinklefree.monitor.api.JobsResource;
import dev.wrinklefree.monitor.registry.KnownRun;
import dev.wrinklefree.monitor.registry.RunRepository;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run's log, straight from SkyPilot. */
@Path("/jobs/{runId}/logs")
public class LogsResource {
  private static final int MAX_TAIL = 1_000_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final RunRepository runs;
  private final SkyPilotClient skyPilot;

  /** The resource over those runs. */
  public LogsResource(RunRepository runs, SkyPilotClient skyPilot) {
    this.runs = runs;
    this.skyPilot = skyPilot;
  }

  /**
   * Streams the log as text, one chunk per line while following. A follower may be silent for long,
   * so it has a virtual thread and not one of the few workers.
   *
   * @param follow whether to go on until the job ends; {@code true} or {@code false}
   * @param tail how many of the last lines to begin with; all if absent
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
  @RunOnVirtualThread
  public Response stream(
      @PathParam("runId") String runId,
      @QueryParam("follow") @Nullable String follow,
      @QueryParam("tail") @Nullable String tail,
      RoutingContext routing) {
    Parameters query = new Parameters();
    boolean following = JobParameters.flag(query, "follow", follow);
    int lines = query.number("tail", tail, 0, 1, MAX_TAIL);
    query.check();
    LogStream source = open(jobId(runId), following, lines);
    // Also when the client leaves in the middle of a silence, which no write would notice.
    routing.addEndHandler(ended -> source.close());
    // One that left while the log was being opened is told to nobody who asks only now.
    if (routing.response().closed()) {
      source.close();
    }
    StreamingOutput body =
        sink -> {
          try (source) {
            new JobLog(source, following).copyTo(sink);
          }
        };
    return Response.ok(body).header("Cache-Control", "no-store").build();
  }

  private long jobId(String runId) {
    KnownRun run = JobsResource.known(runs, runId);
    Long jobId = run.job().jobId();
    if (jobId != null) {
      return jobId;
    }
    throw run.launchFailed()
        ? JobProblems.noJob(run.job().runId())
        : JobProblems.noJobYet(run.job().runId(), RETRY_AFTER);
  }

  private LogStream open(long jobId, boolean follow, int tail) {
    try {
      return skyPilot.streamLogs(new LogQuery(jobId, follow, tail));
    } catch (SkyPilotException e) {
      throw JobProblems.skyPilot(e, RETRY_AFTER);
    }
  }
}
