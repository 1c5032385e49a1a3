package dev.wrinklefree.sandbox.skypilot.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobStatus;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.request.EpochSeconds;
import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import dev.wrinklefree.sandbox.skypilot.task.Placement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of the job queue, by SkyPilot's names: one row per task, so one per job here. */
public final class QueueFields {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NEVER_PLACED = "-";
  private static final double NOT_STARTED = -1;
  private static final double MILLIS = 1_000.0;
  private static final Set<String> ALWAYS = Set.of("job_id", "status");

  /** There without being asked for, and then without its value. */
  private static final Set<String> EMPTY = Set.of("task_id");

  /** Left out as long as there is nothing to say. */
  private static final Set<String> UNLESS_NULL = Set.of("accelerators");

  private static final DateTimeFormatter RUN_TIMESTAMP =
      DateTimeFormatter.ofPattern("'sky-'yyyy-MM-dd-HH-mm-ss-SSSSSS").withZone(ZoneOffset.UTC);
  private static final Map<String, BiFunction<ManagedJob, Instant, JsonNode>> FIELDS = fields();

  private QueueFields() {}

  /**
   * Writes a job as a row.
   *
   * @param selected columns that are asked for; empty means all. Others are left out, but for three
   *     that are always there
   * @param now time at which durations are computed
   */
  static ObjectNode row(ManagedJob job, List<String> selected, Instant now) {
    ObjectNode row = JSON.objectNode();
    FIELDS.forEach(
        (name, column) -> {
          boolean asked = selected.isEmpty() || selected.contains(name) || ALWAYS.contains(name);
          JsonNode value = asked ? column.apply(job, now) : NullNode.instance;
          boolean told =
              asked ? !(UNLESS_NULL.contains(name) && value.isNull()) : EMPTY.contains(name);
          if (told) {
            row.set(name, value);
          }
        });
    return row;
  }

  static void requireKnown(List<String> selected) {
    for (String name : selected) {
      if (!FIELDS.containsKey(name)) {
        // The server wraps what reading the queue raises, with the trace for a message.
        throw new RequestFailedException(
            "RuntimeError",
            "Traceback (most recent call last):\nValueError: Unknown field: " + name + "\n");
      }
    }
  }

  private static Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields() {
    Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields = new LinkedHashMap<>();
    number(fields, "_job_id", ManagedJob::jobId);
    number(fields, "job_id", ManagedJob::jobId);
    number(fields, "task_id", job -> 0);
    text(fields, "job_name", job -> job.submission().jobName());
    text(fields, "task_name", job -> job.submission().taskName());
    text(fields, "workspace", job -> "default");
    text(fields, "user_hash", job -> job.submission().userHash());
    text(fields, "user_name", job -> job.submission().userName());
    text(fields, "entrypoint", job -> job.submission().entrypoint());
    text(fields, "status", job -> job.status().name());
    text(fields, "schedule_state", job -> job.status().scheduleState());
    text(fields, "details", QueueFields::details);
    text(fields, "failure_reason", job -> job.state().failureReason());
    number(fields, "recovery_count", job -> job.state().recoveryCount());
    number(fields, "priority", job -> job.submission().priority());
    time(fields, "submitted_at", job -> job.state().submittedAt());
    time(fields, "start_at", job -> job.state().startAt());
    time(fields, "end_at", job -> job.state().endAt());
    fields.put("last_recovered_at", (job, now) -> lastRecoveredAt(job));
    fields.put(
        "job_duration",
        (job, now) -> JSON.numberNode(job.state().runTime(now).toMillis() / MILLIS));
    text(fields, "run_timestamp", job -> RUN_TIMESTAMP.format(job.submission().createdAt()));
    text(fields, "resources", job -> job.submission().resources());
    placed(fields, "cluster_resources", Placement::display);
    placed(fields, "cluster_resources_full", Placement::displayFull);
    placed(fields, "cloud", placement -> placement.offer().cloud());
    placed(fields, "region", placement -> placement.offer().region());
    // Zones are not simulated, and SkyPilot prints this for a cloud without them.
    placed(fields, "zone", placement -> NEVER_PLACED);
    placed(
        fields,
        "infra",
        placement -> "%s (%s)".formatted(placement.offer().cloud(), placement.offer().region()));
    fields.put("accelerators", (job, now) -> accelerators(job.state().placement()));
    fields.put("labels", (job, now) -> labels(job));
    fields.put("links", (job, now) -> JSON.objectNode());
    text(fields, "cluster_name_on_cloud", job -> null);
    text(fields, "node_names", job -> null);
    fields.put("internal_external_ips", (job, now) -> NullNode.instance);
    fields.put("internal_services", (job, now) -> NullNode.instance);
    text(fields, "user_yaml", job -> job.submission().redactedYaml());
    fields.put("metadata", (job, now) -> job.submission().metadata());
    text(fields, "execution", job -> "serial");
    fields.put("is_job_group", (job, now) -> JSON.booleanNode(false));
    fields.put("is_batch", (job, now) -> JSON.booleanNode(false));
    // Known to the server, and never set for a job of one task outside a pool.
    for (String name :
        List.of(
            "pool",
            "pool_hash",
            "current_cluster_name",
            "job_id_on_pool_cluster",
            "priority_class",
            "dag_yaml_path",
            "env_file_path",
            "original_user_yaml_path",
            "controller_pid",
            "controller_pid_started_at",
            "is_primary_in_job_group",
            "root_job_id",
            "parent_job_id",
            "parent_task_id",
            "dynamic_task_index",
            "batch_total_batches",
            "batch_completed_batches")) {
      fields.put(name, (job, now) -> NullNode.instance);
    }
    return fields;
  }

  private static void number(
      Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields,
      String name,
      Function<ManagedJob, Integer> value) {
    fields.put(name, (job, now) -> JSON.numberNode(value.apply(job)));
  }

  private static void text(
      Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields,
      String name,
      Function<ManagedJob, @Nullable String> value) {
    fields.put(
        name,
        (job, now) -> {
          String text = value.apply(job);
          return text == null ? NullNode.instance : JSON.textNode(text);
        });
  }

  private static void time(
      Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields,
      String name,
      Function<ManagedJob, @Nullable Instant> value) {
    fields.put(
        name,
        (job, now) -> {
          Instant time = value.apply(job);
          return time == null ? NullNode.instance : JSON.numberNode(EpochSeconds.of(time));
        });
  }

  private static void placed(
      Map<String, BiFunction<ManagedJob, Instant, JsonNode>> fields,
      String name,
      Function<Placement, String> value) {
    text(
        fields,
        name,
        job -> {
          Placement placement = job.state().placement();
          return placement == null ? NEVER_PLACED : value.apply(placement);
        });
  }

  private static JsonNode lastRecoveredAt(ManagedJob job) {
    Instant time = job.state().lastRecoveredAt();
    return JSON.numberNode(time == null ? NOT_STARTED : EpochSeconds.of(time));
  }

  private static JsonNode accelerators(@Nullable Placement placement) {
    if (placement == null || placement.offer().count() == 0) {
      return NullNode.instance;
    }
    return JSON.objectNode().put(placement.offer().accelerator(), placement.offer().count());
  }

  private static JsonNode labels(ManagedJob job) {
    ObjectNode labels = JSON.objectNode();
    job.submission().labels().forEach(labels::put);
    return labels;
  }

  private static @Nullable String details(ManagedJob job) {
    String reason = job.state().failureReason();
    if (reason != null) {
      return "Failure: " + reason;
    }
    return job.status() == JobStatus.PENDING ? "Waiting for other jobs to launch" : null;
  }
}
