package dev.wrinklefree.monitor.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The rows of a scripted server, and what it answers to a question about them. */
final class ScriptedQueue {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ConcurrentSkipListMap<Long, ObjectNode> rows = new ConcurrentSkipListMap<>();
  private final Map<Long, Set<String>> broken = new ConcurrentHashMap<>();
  private final Set<Long> lost = ConcurrentHashMap.newKeySet();

  void put(ObjectNode row) {
    rows.put(row.get("job_id").longValue(), row);
  }

  void remove(long jobId) {
    rows.remove(jobId);
  }

  void clear() {
    rows.clear();
    broken.clear();
    lost.clear();
  }

  void lose(long jobId) {
    lost.add(jobId);
  }

  void breakRow(long jobId, Set<String> fields) {
    broken.put(jobId, fields);
  }

  void mend() {
    broken.clear();
    lost.clear();
  }

  /** The request's record as {@code /api/get} gives it. */
  String payload(String id, JsonNode question, Mode mode) throws JsonProcessingException {
    boolean targeted = question.path("job_ids").size() > 0;
    int page = question.path("page").asInt(1);
    boolean down =
        mode == Mode.CONTROLLER_DOWN
            || (mode == Mode.NO_TARGETED_READS && targeted)
            || (mode == Mode.ONLY_FIRST_PAGE && (targeted || page > 1));
    if (down) {
      return failed(id, "ClusterNotUpError", "No in-progress managed jobs.");
    }
    if (mode == Mode.CONTROLLER_UNREACHABLE) {
      return failed(
          id, "ClusterNotUpError", "Failed to connect to jobs controller, please try again later.");
    }
    List<ObjectNode> selected = selected(question, page);
    if (mode == Mode.ALWAYS_INVALID || selected.stream().anyMatch(row -> breaks(row, question))) {
      return failed(id, "ValidationError", "1 validation error for ManagedJobRecord");
    }
    return MAPPER
        .createObjectNode()
        .put("request_id", id)
        .put("status", "SUCCEEDED")
        .put("return_value", MAPPER.writeValueAsString(answer(selected, question)))
        .put("error", "null")
        .toString();
  }

  private List<ObjectNode> selected(JsonNode question, int page) {
    int limit = question.path("limit").asInt(Integer.MAX_VALUE);
    String name = question.path("name_match").asText("null");
    return rows.descendingMap().values().stream()
        .filter(row -> !question.path("skip_finished").asBoolean() || !isTerminal(row))
        .filter(
            row -> question.path("job_ids").isEmpty() || contains(question.path("job_ids"), row))
        .filter(row -> name.equals("null") || row.path("job_name").asText().contains(name))
        .skip((page - 1L) * limit)
        .limit(limit)
        .toList();
  }

  private boolean breaks(ObjectNode row, JsonNode question) {
    Set<String> fields = broken.getOrDefault(row.get("job_id").longValue(), Set.of());
    for (JsonNode field : question.path("fields")) {
      if (fields.contains(field.textValue())) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode answer(List<ObjectNode> selected, JsonNode question) {
    List<String> fields = new ArrayList<>();
    question.path("fields").forEach(field -> fields.add(field.textValue()));
    ArrayNode jobs = MAPPER.createArrayNode();
    selected.stream()
        .filter(row -> !lost.contains(row.get("job_id").longValue()))
        .map(row -> fields.isEmpty() ? row : row.deepCopy().retain(fields))
        .forEach(jobs::add);
    ObjectNode answer = MAPPER.createObjectNode().put("total", selected.size());
    answer.put("total_no_filter", rows.size()).putObject("status_counts");
    answer.set("jobs", jobs);
    return answer;
  }

  private static String failed(String id, String type, String message)
      throws JsonProcessingException {
    ObjectNode error = MAPPER.createObjectNode().put("type", type).put("message", message);
    return MAPPER
        .createObjectNode()
        .put("request_id", id)
        .put("status", "FAILED")
        .put("return_value", "null")
        .put("error", MAPPER.writeValueAsString(error))
        .toString();
  }

  private static boolean isTerminal(ObjectNode row) {
    String status = row.get("status").textValue();
    return status.startsWith("FAILED") || status.equals("SUCCEEDED") || status.equals("CANCELLED");
  }

  private static boolean contains(JsonNode ids, ObjectNode row) {
    for (JsonNode id : ids) {
      if (id.longValue() == row.get("job_id").longValue()) {
        return true;
      }
    }
    return false;
  }
}
