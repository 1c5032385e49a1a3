package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wrinklefree.sandbox.skypilot.job.JobStatus;
import dev.wrinklefree.sandbox.skypilot.job.JobTable;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.queue.QueueQuery;
import dev.wrinklefree.sandbox.skypilot.queue.QueueRows;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What only the sandbox has, under {@code /sandbox/}: no client of SkyPilot calls it. Errors are
 * RFC 9457 problems.
 */
final class SandboxApi {

  private static final long ANSWER_SECONDS = 30;

  private final JobTable jobs;
  private final InstantSource clock;

  SandboxApi(JobTable jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /** All jobs of all users, with all columns. */
  HttpAnswer jobs(HttpCall call, Optional<Caller> caller) {
    QueueQuery all =
        new QueueQuery(
            "", true, false, null, null, null, null, null, null, null, null, null, false, null,
            null, List.of());
    return HttpAnswer.ok(all.answer(jobs.all(), clock.instant()).get("jobs"));
  }

  /**
   * Takes up jobs as the rows of the body tell of them, without running any: a full queue, or one
   * in states that do not come by themselves. All of them or none.
   */
  HttpAnswer adopt(HttpCall call, Optional<Caller> caller) {
    List<ManagedJob> told = new ArrayList<>();
    try {
      for (JsonNode row : BodyFields.parse(call.body()).body().path("jobs")) {
        told.add(QueueRows.read(row, clock.instant()));
      }
    } catch (IllegalArgumentException e) {
      return problem(422, "Not a job", "Row %d: %s.".formatted(told.size() + 1, e.getMessage()));
    }
    long adopted = told.stream().filter(jobs::adopt).count();
    return HttpAnswer.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("adopted", adopted)
            .put("left", told.size() - adopted));
  }

  /** Takes the machine of a running job away, as a cloud does with a spot machine. */
  HttpAnswer preempt(HttpCall call, Optional<Caller> caller) {
    BodyFields fields = BodyFields.parse(call.body());
    Integer jobId = fields.integer("job_id");
    if (jobId == null) {
      fields.requireKey("job_id");
    }
    fields.check();
    Optional<ManagedJob> job = jobId == null ? Optional.empty() : jobs.find(jobId);
    if (job.isEmpty()) {
      return problem(404, "No such job", "There is no job " + jobId + ".");
    }
    int id = job.get().jobId();
    try {
      if (jobs.preempt(id).get(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        return HttpAnswer.ok(
            JsonNodeFactory.instance
                .objectNode()
                .put("job_id", id)
                .put("status", JobStatus.RECOVERING.name()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return problem(500, "The job did not answer", "Job " + id + " did not answer in time.");
    }
    JobStatus now = jobs.find(id).map(ManagedJob::status).orElseThrow();
    return problem(
        409,
        "The job has no machine",
        "Job %d is %s; only a running job has one.".formatted(id, now));
  }

  private static HttpAnswer problem(int status, String title, String detail) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    return new HttpAnswer.Json(status, body, Map.of("Content-Type", "application/problem+json"));
  }
}
