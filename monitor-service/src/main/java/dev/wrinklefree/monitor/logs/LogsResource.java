package dev.wrinklefree.monitor.logs;

import dev.wrinklefree.monitor.api.JobProblems;
import dev.wrinklefree.monitor.api.JobsResource;
import dev.wrinklefree.monitor.observation.JobHolder;
import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.registry.KnownRun;
import dev.wrinklefree.monitor.registry.RunRepository;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's log, straight from SkyPilot. SkyPilot knows it by the job's number alone, which may be a
 * stranger's once the controller was torn down: so the queue is asked whose it is before the log is
 * opened, and before it is opened again.
 */
@Path("/jobs/{runId}/logs")
public class LogsResource {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogsResource.class);
  private static final int MAX_TAIL = 1_000_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Far more than the closing of a connection takes. */
  private static final Duration BREAK_LIMIT = Duration.ofSeconds(10);

  private final RunRepository runs;
  private final SkyPilotClient skyPilot;
  private final QueueReader queue;

  /** The resource over those runs, their logs, and the queue that says whose these are. */
  public LogsResource(RunRepository runs, SkyPilotClient skyPilot, QueueReader queue) {
    this.runs = runs;
    this.skyPilot = skyPilot;
    this.queue = queue;
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
    boolean following = query.flag("follow", follow).orElse(false);
    int lines = query.number("tail", tail, 0, 1, MAX_TAIL);
    query.check();
    LogStream source = open(runId, new LogQuery(jobId(runId), following, lines));
    CompletableFuture<Void> over = new CompletableFuture<>();
    // Also when the client leaves in the middle of a silence, which no write would notice.
    routing.addEndHandler(
        ended -> {
          source.close();
          over.complete(null);
        });
    // One that left while the log was being opened is told to nobody who asks only now.
    if (routing.response().closed()) {
      source.close();
    }
    StreamingOutput body =
        sink -> {
          try (source) {
            new JobLog(source, following).copyTo(sink);
          } catch (RuntimeException e) {
            if (!routing.response().headWritten()) {
              throw e instanceof SkyPilotException failure
                  ? JobProblems.skyPilot(failure, RETRY_AFTER)
                  : e;
            }
            LOGGER
                .atWarn()
                .addKeyValue("runId", runId)
                .addKeyValue("reason", e.getMessage())
                .log("Log broken off");
            breakOff(routing.response(), over);
          }
        };
    return Response.ok(body).header("Cache-Control", "no-store").build();
  }

  /**
   * Cuts the connection. The framework would end the log well, perhaps with a problem as its last
   * line, and half a log be taken for a whole one: so it gets the response back only when the
   * connection is gone.
   */
  private static void breakOff(HttpServerResponse response, CompletableFuture<Void> over) {
    response.reset();
    over.completeOnTimeout(null, BREAK_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
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

  private LogStream open(String runId, LogQuery query) {
    try {
      return skyPilot.streamLogs(query, () -> requireHeld(runId, query.jobId()));
    } catch (SkyPilotException e) {
      throw JobProblems.skyPilot(e, RETRY_AFTER);
    }
  }

  private void requireHeld(String runId, long jobId) {
    Reading reading = queue.holder(jobId);
    RecordedJob run = JobsResource.known(runs, runId).job();
    switch (JobHolder.of(run, jobId, reading)) {
      case THE_RUN -> {}
      case NOT_THE_RUN -> throw JobProblems.jobLost(run.runId(), jobId);
      case NOT_READ -> {
        String reason = reading.failure() == null ? "its row cannot be read" : reading.failure();
        throw new SkyPilotException.Retryable(
            "the queue does not tell whose job " + jobId + " is: " + reason, null);
      }
    }
  }
}
