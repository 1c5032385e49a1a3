package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What a client streams while it trains: lines of files, and that it lives. An empty body is a
 * heartbeat.
 */
final class FileStream {

  private static final String HISTORY = "wandb-history.jsonl";
  private static final String SYSTEM_METRICS = "wandb-events.jsonl";
  private static final String SUMMARY = "wandb-summary.json";
  private static final String OUTPUT = "output.log";

  private FileStream() {}

  /** Takes one request and returns what the client is told. */
  static ObjectNode take(Run run, JsonNode body, Instant now) {
    run.beat(now);
    body.path("files").properties().forEach(file -> put(run, file.getKey(), file.getValue()));
    if (body.path("preempting").asBoolean()) {
      run.announcePreemption();
    }
    if (body.path("complete").asBoolean()) {
      run.end(body.path("exitcode").asInt(0), now);
    }
    ObjectNode answer = ExtendedJson.MAPPER.createObjectNode().putNull("exitcode");
    if (run.stopRequested()) {
      answer.put("stopped", true);
    }
    answer.putObject("limits");
    return answer;
  }

  private static void put(Run run, String file, JsonNode chunk) {
    int offset = Math.max(0, chunk.path("offset").asInt(0));
    List<String> lines = chunk.path("content").valueStream().map(JsonNode::asText).toList();
    switch (file) {
      case HISTORY -> run.history().put(offset, lines);
      case SYSTEM_METRICS -> run.systemMetrics().put(offset, lines);
      case OUTPUT -> run.output().put(offset, lines);
      case SUMMARY -> {
        if (!lines.isEmpty()) {
          run.summarise(lines.getLast());
        }
      }
      default -> {
        // Files of integrations: accepted as W&B does, and asked for by nobody here.
      }
    }
  }
}
