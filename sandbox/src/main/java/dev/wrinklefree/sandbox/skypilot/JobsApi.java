package dev.wrinklefree.sandbox.skypilot;

import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.valueError;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.HttpAnswer.LogSource;
import dev.wrinklefree.sandbox.skypilot.job.JobLog;
import dev.wrinklefree.sandbox.skypilot.job.JobTable;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.queue.QueueQuery;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.Description;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.ScheduleType;
import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import dev.wrinklefree.sandbox.skypilot.request.RequestPayload;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import dev.wrinklefree.sandbox.skypilot.task.Task;
import dev.wrinklefree.sandbox.skypilot.task.TaskReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of managed jobs, and {@code /validate}. */
final class JobsApi {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JobTable jobs;
  private final RequestTable requests;
  private final InstantSource clock;
  private final Duration submission;

  JobsApi(JobTable jobs, RequestTable requests, InstantSource clock, Duration submission) {
    this.submission = submission;
    this.jobs = jobs;
    this.requests = requests;
    this.clock = clock;
  }

  HttpAnswer launch(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    String yaml = fields.requiredText("task");
    fields.requiredNullableText("name");
    String pool = fields.text("pool");
    Integer copies = fields.integer("num_jobs");
    String entrypoint = fields.text("entrypoint_command");
    Caller caller = caller(fields, authenticated);
    return accepted(
        "sky.jobs.launch",
        caller,
        fields,
        () -> {
          if (pool != null) {
            throw RequestFailedException.notSupported("The sandbox has no pools");
          }
          requests.work(submission);
          Task task = TaskReader.read(yaml, "sky-" + caller.name());
          ObjectNode result = JSON.objectNode();
          var ids = result.putArray("job_id");
          for (int i = 0; i < Math.max(1, copies == null ? 1 : copies); i++) {
            ids.add(
                jobs.launch(
                        task,
                        yaml,
                        caller.id(),
                        caller.name(),
                        entrypoint == null ? "" : entrypoint)
                    .jobId());
          }
          return result.put("handle", RequestPayload.PICKLED_NONE);
        });
  }

  HttpAnswer queueV2(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    List<String> columns = fields.texts("fields");
    String sortOrder = fields.text("sort_order");
    Integer page = fields.integer("page");
    Integer limit = fields.integer("limit");
    fields.flag("refresh");
    Caller caller = caller(fields, authenticated);
    QueueQuery query =
        new QueueQuery(
            caller.id(),
            fields.flag("all_users"),
            fields.flag("skip_finished"),
            fields.integers("job_ids"),
            fields.text("user_match"),
            fields.text("workspace_match"),
            fields.text("name_match"),
            fields.text("pool_match"),
            fields.texts("statuses"),
            fields.number("submitted_after"),
            fields.number("submitted_before"),
            fields.text("sort_by"),
            sortOrder != null && sortOrder.toLowerCase(Locale.ROOT).equals("asc"),
            page,
            limit,
            columns == null ? List.of() : columns);
    return accepted(
        "sky.jobs.queue_v2", caller, fields, () -> query.answer(jobs.all(), clock.instant()));
  }

  /** The older queue: the bare rows. */
  HttpAnswer queue(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    fields.flag("refresh");
    Caller caller = caller(fields, authenticated);
    QueueQuery query =
        new QueueQuery(
            caller.id(),
            fields.flag("all_users"),
            fields.flag("skip_finished"),
            fields.integers("job_ids"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            List.of());
    return accepted(
        "sky.jobs.queue",
        caller,
        fields,
        () -> query.answer(jobs.all(), clock.instant()).get("jobs"));
  }

  HttpAnswer cancel(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    String name = fields.text("name");
    List<Integer> ids = fields.integers("job_ids");
    String pool = fields.text("pool");
    boolean all = fields.flag("all");
    boolean allUsers = fields.flag("all_users");
    fields.flag("graceful");
    fields.integer("graceful_timeout");
    Caller caller = caller(fields, authenticated);
    return accepted(
        "sky.jobs.cancel",
        caller,
        fields,
        () -> {
          long selectors =
              Stream.of(name != null, ids != null && !ids.isEmpty(), pool != null, all || allUsers)
                  .filter(given -> given)
                  .count();
          if (selectors != 1) {
            throw valueError(
                "Exactly one of JOB_IDS, name, pool, or all/all_users must be specified.");
          }
          selected(name, ids, pool, allUsers, caller).forEach(job -> jobs.cancel(job.jobId()));
          return NullNode.instance;
        });
  }

  private List<ManagedJob> selected(
      @Nullable String name,
      @Nullable List<Integer> ids,
      @Nullable String pool,
      boolean allUsers,
      Caller caller) {
    List<ManagedJob> live = jobs.all().stream().filter(job -> !job.status().terminal()).toList();
    if (ids != null) {
      return live.stream().filter(job -> ids.contains(job.jobId())).toList();
    }
    if (name != null) {
      // An ambiguous name cancels nothing, and SkyPilot does not call that an error.
      List<ManagedJob> named = named(live, name);
      return named.size() == 1 ? named : List.of();
    }
    if (pool != null) {
      return List.of();
    }
    return live.stream()
        .filter(job -> allUsers || job.submission().userHash().equals(caller.id()))
        .toList();
  }

  HttpAnswer logs(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    String name = fields.text("name");
    Integer jobId = fields.integer("job_id");
    boolean follow = fields.flagOrTrue("follow");
    boolean controller = fields.flag("controller");
    fields.flag("refresh");
    Integer tail = fields.integer("tail");
    Caller caller = caller(fields, authenticated);
    fields.check();
    ApiRequest request = requests.open(description("sky.jobs.logs", caller, fields));
    LogSource source = source(name, jobId, controller, follow, tail == null ? 0 : tail);
    return new HttpAnswer.Stream(request, source);
  }

  private LogSource source(
      @Nullable String name,
      @Nullable Integer jobId,
      boolean controller,
      boolean follow,
      int tail) {
    Optional<ManagedJob> job;
    if (jobId != null) {
      job = jobs.find(jobId);
      if (job.isEmpty()) {
        return new LogSource.Sentence(
            "Job %d not found.".formatted(jobId),
            controller ? LogStream.NO_CONTROLLER : LogStream.NOT_FOUND);
      }
    } else if (name != null) {
      List<ManagedJob> named =
          named(jobs.all().stream().filter(one -> !one.status().terminal()).toList(), name);
      if (named.size() != 1) {
        String problem =
            named.isEmpty()
                ? "No running managed job found with name '%s'."
                : "Multiple running jobs found with name '%s'.";
        return new LogSource.Sentence(problem.formatted(name), LogStream.NOT_FOUND);
      }
      job = Optional.of(named.getFirst());
    } else {
      job = jobs.all().reversed().stream().findFirst();
      if (job.isEmpty()) {
        return new LogSource.Sentence("No managed job found.", LogStream.NOT_FOUND);
      }
    }
    int id = job.orElseThrow().jobId();
    JobLog log = (controller ? jobs.controllerLog(id) : jobs.log(id)).orElseThrow();
    return new LogSource.OfJob(id, log, controller, follow, Math.max(0, tail));
  }

  /** Answers at once, unlike the rest. */
  HttpAnswer validate(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    String dag = fields.requiredText("dag");
    fields.requireKey("request_options");
    caller(fields, authenticated);
    fields.check();
    try {
      TaskReader.validate(dag);
      return HttpAnswer.nothing();
    } catch (RequestFailedException e) {
      ObjectNode detail = JSON.objectNode();
      detail.put("type", e.type()).put("message", e.getMessage());
      detail.putArray("args").add(e.getMessage());
      detail.putObject("attributes");
      detail.put("stacktrace", "Traceback (most recent call last):\n" + e.type());
      return new HttpAnswer.Json(400, JSON.objectNode().set("detail", detail), Map.of());
    }
  }

  private HttpAnswer accepted(
      String name, Caller caller, BodyFields fields, Supplier<JsonNode> work) {
    fields.check();
    return new HttpAnswer.Accepted(requests.submit(description(name, caller, fields), work));
  }

  private static Description description(String name, Caller caller, BodyFields fields) {
    return new Description(name, caller.id(), caller.name(), ScheduleType.SHORT, fields.body());
  }

  private static Caller caller(BodyFields fields, Optional<Caller> authenticated) {
    Optional<Map<String, String>> variables = fields.variables("env_vars");
    fields.check();
    return Caller.of(authenticated, variables);
  }

  private static List<ManagedJob> named(List<ManagedJob> live, String name) {
    return live.stream().filter(job -> job.submission().jobName().equals(name)).toList();
  }
}
