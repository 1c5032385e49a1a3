package dev.wrinklefree.skypilot.requests;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.wrinklefree.skypilot.failure.Refusal.NotUnderstood;
import dev.wrinklefree.skypilot.failure.Refusal.ServerError;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.http.Ansi;
import dev.wrinklefree.skypilot.http.Json;
import dev.wrinklefree.skypilot.http.JsonSlice;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as {@code /api/get} shows it. Its result and its error are JSON documents inside JSON
 * strings; the pickled fields beside them are for Python only and not read.
 */
record RequestPayload(String status, Map<String, JsonSlice> members) {
  private static final String RESULT = "return_value";

  /** Errors of the server's machinery, not of the request: it was cut off, wherever it was. */
  private static final Set<String> CUT_OFF =
      Set.of("RequestInterruptedError", "RequestCancelled", "BrokenProcessPool");

  static Optional<RequestPayload> parse(Map<String, JsonSlice> members) {
    JsonNode status = value(members, "status");
    return status.isTextual() && members.containsKey(RESULT)
        ? Optional.of(new RequestPayload(status.textValue(), members))
        : Optional.empty();
  }

  /** Whether it ended; a status we do not know has not. */
  boolean ended() {
    return switch (status) {
      case "SUCCEEDED", "FAILED", "CANCELLED" -> true;
      default -> false;
    };
  }

  /**
   * The result as it came, mostly as the text of a document. Throws what the request ended with if
   * it did not succeed.
   */
  JsonSlice result(Repeatability repeatability) {
    if (status.equals("CANCELLED")) {
      throw repeatability.lost("the request was cancelled on the server", null);
    }
    if (!status.equals("SUCCEEDED")) {
      throw failure(repeatability);
    }
    return requireNonNull(members.get(RESULT), "it was there when this was parsed");
  }

  /** What a result says. */
  static JsonNode decoded(JsonSlice result, Repeatability repeatability) {
    return result
        .value()
        .flatMap(RequestPayload::document)
        .orElseThrow(
            () ->
                switch (repeatability) {
                  case REPEATABLE -> new Permanent(new NotUnderstood("an unreadable result"));
                  case ONCE -> repeatability.lost("an unreadable result", null);
                });
  }

  private SkyPilotException failure(Repeatability repeatability) {
    JsonNode error = document(value(members, "error")).orElse(NullNode.getInstance());
    String type = error.path("type").asText("UnknownError");
    String message = Ansi.strip(error.path("message").asText("no message")).strip();
    if (CUT_OFF.contains(type) || value(members, "should_retry").asBoolean()) {
      return repeatability.lost(type + ": " + message, null);
    }
    return new Permanent(new ServerError(type, message));
  }

  private static Optional<JsonNode> document(JsonNode value) {
    return value.isTextual() ? Json.parse(value.textValue()) : Optional.of(value);
  }

  private static JsonNode value(Map<String, JsonSlice> members, String name) {
    return Optional.ofNullable(members.get(name))
        .flatMap(JsonSlice::value)
        .orElse(NullNode.getInstance());
  }
}
