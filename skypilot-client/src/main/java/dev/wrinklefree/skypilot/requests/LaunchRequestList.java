package dev.wrinklefree.skypilot.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrinklefree.skypilot.failure.Refusal.NotUnderstood;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.Json;
import dev.wrinklefree.skypilot.http.Reply;
import dev.wrinklefree.skypilot.http.ReplyClassifier;
import dev.wrinklefree.skypilot.http.TransportFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds launch requests in {@code /api/status} by the job name in their bodies, which the server
 * shows to the one who sent them. The server forgets all requests when it starts.
 */
public final class LaunchRequestList {
  private static final String LAUNCH = "sky.jobs.launch";

  /** Without the rest a row is small; servers that do not know the parameter send all of it. */
  private static final String FIELDS =
      "fields=request_id&fields=name&fields=status&fields=created_at&fields=user_id"
          + "&fields=request_body";

  private final HttpTransport transport;
  private final Duration timeout;

  /** A list over one transport. */
  public LaunchRequestList(HttpTransport transport, Duration timeout) {
    this.transport = transport;
    this.timeout = timeout;
  }

  /**
   * Our launch requests with exactly this job name, newest first.
   *
   * @param endedToo also those that have ended, as far as the server keeps them (24 h by default);
   *     that is a long list
   */
  public List<LaunchRequest> named(String jobName, boolean endedToo) {
    Reply reply;
    try {
      reply =
          transport.get(
              "/api/status?" + FIELDS + "&all_status=" + (endedToo ? "true" : "false"), timeout);
    } catch (TransportFailure e) {
      throw new Retryable("no answer to /api/status: " + e.reason(), e);
    }
    if (!reply.ok()) {
      throw ReplyClassifier.failure(reply, Repeatability.REPEATABLE);
    }
    if (Json.parse(reply.body()).orElseGet(Json::object) instanceof ArrayNode rows) {
      return read(rows, jobName);
    }
    throw notUnderstood("a list of requests of unknown shape");
  }

  private static List<LaunchRequest> read(ArrayNode rows, String jobName) {
    List<LaunchRequest> found = new ArrayList<>();
    for (JsonNode row : rows) {
      if (row.path("name").asText().equals(LAUNCH) && jobName.equals(jobName(row))) {
        String id = row.path("request_id").asText();
        if (!RequestId.isValid(id)) {
          throw notUnderstood("a launch request without its id");
        }
        found.add(
            new LaunchRequest(
                new RequestId(id), LaunchRequest.State.of(row.path("status").asText())));
      }
    }
    return found;
  }

  /**
   * The name that a launch was sent with. A body that is null is somebody else's, hidden from us.
   * One that cannot be read may be ours: then nothing is known.
   */
  private static String jobName(JsonNode row) {
    JsonNode field = row.path("request_body");
    JsonNode body =
        field.isTextual()
            ? Json.parse(field.textValue())
                .orElseThrow(() -> notUnderstood("a launch request whose body is no JSON"))
            : field;
    return body.path("name").asText("");
  }

  private static Permanent notUnderstood(String what) {
    return new Permanent(new NotUnderstood(what));
  }
}
