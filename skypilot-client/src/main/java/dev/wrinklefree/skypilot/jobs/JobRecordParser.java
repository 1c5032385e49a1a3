package dev.wrinklefree.skypilot.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
  private static final BigDecimal MAX_EPOCH_SECONDS = BigDecimal.valueOf(253_402_300_799L);

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

  /** Epoch seconds with a fraction; -1 and 0 stand for "not yet". */
  private static @Nullable Instant instant(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isNumber()) {
      return null;
    }
    BigDecimal seconds = value.decimalValue();
    if (seconds.signum() <= 0 || seconds.compareTo(MAX_EPOCH_SECONDS) > 0) {
      return null;
    }
    BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP);
    return Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS);
  }

  private static Map<String, BigDecimal> accelerators(JsonNode value) {
    Map<String, BigDecimal> counts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (entry.getValue().isNumber()) {
        counts.put(entry.getKey(), entry.getValue().decimalValue());
      }
    }
    return counts;
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
