package dev.wrinklefree.sandbox.skypilot.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobState;
import dev.wrinklefree.sandbox.skypilot.job.JobStatus;
import dev.wrinklefree.sandbox.skypilot.job.JobSubmission;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows of the queue back as jobs: the columns that a row cannot be without, and times. */
public final class QueueRows {

  private static final double MILLIS = 1_000.0;

  private QueueRows() {}

  /**
   * The job that a row tells of, placed nowhere.
   *
   * @param row {@code job_id}, {@code job_name}, {@code status}, {@code user_hash} and {@code
   *     user_name}; optionally {@code resources}, {@code priority}, {@code metadata}, {@code
   *     recovery_count}, {@code job_duration} in seconds, {@code failure_reason}, and the times in
   *     seconds since 1970
   * @param now when the job is taken to have been made if it was not submitted
   * @throws IllegalArgumentException if a column is missing or its value is none; names it
   */
  public static ManagedJob read(JsonNode row, Instant now) {
    Instant submittedAt = time(row, "submitted_at");
    String name = text(row, "job_name");
    ObjectNode metadata =
        row.path("metadata") instanceof ObjectNode object
            ? object
            : JsonNodeFactory.instance.objectNode();
    JobSubmission submission =
        new JobSubmission(
            name,
            row.path("task_name").asText(name),
            text(row, "user_hash"),
            text(row, "user_name"),
            "",
            row.path("resources").asText(""),
            row.path("priority").asInt(0),
            Map.of(),
            metadata,
            "",
            submittedAt == null ? now : submittedAt);
    JobState state =
        new JobState(
            status(row),
            submittedAt,
            time(row, "start_at"),
            time(row, "end_at"),
            time(row, "last_recovered_at"),
            row.path("recovery_count").asInt(0),
            Duration.ofMillis(Math.round(row.path("job_duration").asDouble(0) * MILLIS)),
            row.path("failure_reason").textValue(),
            null);
    int id = row.path("job_id").asInt(0);
    if (id < 1) {
      throw new IllegalArgumentException("job_id is no positive number");
    }
    return new ManagedJob(id, submission, state);
  }

  private static JobStatus status(JsonNode row) {
    String word = text(row, "status");
    try {
      return JobStatus.valueOf(word);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("status is none of SkyPilot's", e);
    }
  }

  private static String text(JsonNode row, String column) {
    if (!row.path(column).isTextual()) {
      throw new IllegalArgumentException(column + " is no text");
    }
    return row.path(column).textValue();
  }

  private static @Nullable Instant time(JsonNode row, String column) {
    JsonNode value = row.path(column);
    return value.isNumber() && value.doubleValue() > 0
        ? Instant.ofEpochMilli(Math.round(value.doubleValue() * MILLIS))
        : null;
  }
}
