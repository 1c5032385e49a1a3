package dev.wrinklefree.skypilot.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.http.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads queue rows. A field of an unexpected type reads as absent: one odd value in one job must
 * not hide the others. Only the job id is needed.
 */
public final class JobRecordParser {
  private static final String PLACEHOLDER = "-";

  /** The year 9999; what lies beyond is no time but a mistake of unit. */
  private static final double MAX_EPOCH_SECONDS = 253_402_300_799.0;

  /** Far beyond any machine; numbers of endless digits would hurt whoever computes with them. */
  private static final BigDecimal MAX_ACCELERATORS = BigDecimal.valueOf(1_000_000);

  private static final int MAX_DECIMALS = 18;

  private JobRecordParser() {}

  /** The row's record, or nothing if it names no job. */
  public static Optional<JobRecord> parse(JsonNode row) {
    JsonNode jobId = row.path("job_id");
    if (!jobId.isIntegralNumber() || !jobId.canConvertToLong()) {
      return Optional.empty();
    }
    String status = Optional.ofNullable(text(row, "status")).orElse("");
    return Optional.of(
        new JobRecord(
            jobId.longValue(),
            count(row, "task_id"),
            text(row, "job_name"),
            text(row, "task_name"),
            ManagedJobStatus.parse(status),
            status,
            text(row, "schedule_state"),
            count(row, "recovery_count"),
            times(row),
            text(row, "failure_reason"),
            metadata(row.path("metadata")),
            placement(row),
            text(row, "workspace"),
            text(row, "user_hash")));
  }

  private static JobTimes times(JsonNode row) {
    return new JobTimes(
        instant(row, "submitted_at"),
        instant(row, "start_at"),
        instant(row, "end_at"),
        instant(row, "last_recovered_at"));
  }

  private static JobPlacement placement(JsonNode row) {
    return new JobPlacement(
        place(row, "resources"),
        place(row, "cluster_resources"),
        place(row, "cloud"),
        place(row, "region"),
        place(row, "zone"),
        accelerators(row.path("accelerators")));
  }

  private static @Nullable String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isTextual() ? value.textValue() : null;
  }

  private static @Nullable String place(JsonNode row, String field) {
    String text = text(row, field);
    return text == null || text.isBlank() || text.equals(PLACEHOLDER) ? null : text;
  }

  private static int count(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.canConvertToInt() ? Math.max(0, value.intValue()) : 0;
  }

  /** Epoch seconds as a Python float, good to the microsecond; -1 and 0 stand for "not yet". */
  private static @Nullable Instant instant(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isNumber()) {
      return null;
    }
    double seconds = value.doubleValue();
    if (!(seconds > 0 && seconds <= MAX_EPOCH_SECONDS)) {
      return null;
    }
    return Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
  }

  private static Map<String, BigDecimal> accelerators(JsonNode value) {
    Map<String, BigDecimal> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode count = entry.getValue();
      if (count.isNumber()
          && Double.isFinite(count.doubleValue())
          && isCount(count.decimalValue())) {
        counts.put(entry.getKey(), count.decimalValue());
      }
    }
    return counts;
  }

  private static boolean isCount(BigDecimal value) {
    return value.signum() >= 0
        && value.compareTo(MAX_ACCELERATORS) <= 0
        && Math.abs(value.scale()) <= MAX_DECIMALS;
  }

  private static Map<String, String> metadata(JsonNode value) {
    JsonNode object =
        value.isTextual() ? Json.parse(value.textValue()).orElseGet(Json::object) : value;
    Map<String, String> entries = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode item = entry.getValue();
      if (!item.isNull()) {
        entries.put(entry.getKey(), item.isValueNode() ? item.asText() : item.toString());
      }
    }
    return entries;
  }
}
