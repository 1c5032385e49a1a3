package dev.wrinklefree.skypilot.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queue's request and both shapes of its answer. */
public final class QueueMessages {

  private QueueMessages() {}

  /** Adds the query to a request's body. */
  public static void write(QueueQuery query, ObjectNode body) {
    body.put("refresh", false)
        .put("skip_finished", query.skipFinished())
        .put("all_users", query.allUsers())
        .put("name_match", query.nameMatch())
        .put("page", query.page())
        .put("limit", query.limit());
    if (!query.fields().isEmpty()) {
      query.fields().forEach(body.putArray("fields")::add);
    }
    if (!query.jobIds().isEmpty()) {
      query.jobIds().forEach(body.putArray("job_ids")::add);
    }
    if (!query.statuses().isEmpty()) {
      query.statuses().forEach(body.putArray("statuses")::add);
    }
  }

  /**
   * Reads {@code {"jobs": …, "total": …}} or, from old servers, the bare list. Nothing if it is
   * neither: a queue that cannot be read is never an empty one.
   */
  public static Optional<QueuePage> read(JsonNode result) {
    if (result instanceof ArrayNode rows) {
      return Optional.of(page(rows, Map.of(), rows.size(), rows.size()));
    }
    if (result.path("jobs") instanceof ArrayNode rows) {
      return Optional.of(
          page(
              rows,
              counts(result.path("status_counts")),
              result.path("total").asLong(rows.size()),
              result.path("total_no_filter").asLong(rows.size())));
    }
    return Optional.empty();
  }

  private static QueuePage page(
      ArrayNode rows, Map<String, Long> statusCounts, long total, long totalNoFilter) {
    List<JobRecord> jobs = new ArrayList<>(rows.size());
    rows.forEach(row -> JobRecordParser.parse(row).ifPresent(jobs::add));
    return new QueuePage(jobs, total, totalNoFilter, statusCounts, rows.size() - jobs.size());
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new HashMap<>();
    object.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
  }
}
