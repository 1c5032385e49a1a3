package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.wrinklefree.sandbox.skypilot.job.JobLog;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import java.util.Map;

/** What a handler answers. Headers of every answer are added elsewhere. */
sealed interface HttpAnswer {

  /** A JSON document. */
  record Json(int status, JsonNode body, Map<String, String> headers) implements HttpAnswer {
    public Json {
      requireNonNull(body, "body is null");
      headers = Map.copyOf(headers);
    }
  }

  /** Plain text, as the server's tracebacks are. */
  record Text(int status, String body) implements HttpAnswer {}

  /** A request that was taken; its id is in a header and the body is null. */
  record Accepted(ApiRequest request) implements HttpAnswer {}

  /** A request whose answer is a stream of log text. */
  record Stream(ApiRequest request, LogSource source) implements HttpAnswer {}

  /** Where the text of a stream comes from. */
  sealed interface LogSource {

    /**
     * A job's log.
     *
     * @param jobId the job
     * @param log its log
     * @param controller whether it is its controller's, which ends well whatever becomes of the job
     * @param follow whether to stay until the job is over
     * @param tail only so many of the last lines; 0 means all
     */
    record OfJob(int jobId, JobLog log, boolean controller, boolean follow, int tail)
        implements LogSource {}

    /** A sentence in place of a log, and the exit code that goes with it. */
    record Sentence(String text, int exitCode) implements LogSource {}
  }

  static Json ok(JsonNode body) {
    return new Json(200, body, Map.of());
  }

  static Json nothing() {
    return ok(NullNode.instance);
  }

  /** FastAPI's shape of an error. */
  static Json detail(int status, String detail) {
    return new Json(status, JsonNodeFactory.instance.objectNode().put("detail", detail), Map.of());
  }
}
