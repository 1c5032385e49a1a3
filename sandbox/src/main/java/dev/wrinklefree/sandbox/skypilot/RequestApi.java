package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.Outcome;
import dev.wrinklefree.sandbox.skypilot.request.RequestPayload;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /api/get}, {@code /api/status} and {@code /api/cancel}. */
final class RequestApi {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Name of a cancelling request, which never cancels itself or another of its kind. */
  static final String CANCEL = "sky.api_cancel";

  private final RequestTable requests;

  RequestApi(RequestTable requests) {
    this.requests = requests;
  }

  /** Waits until the request has ended. */
  HttpAnswer get(HttpCall call) {
    Optional<String> id = call.parameter("request_id");
    if (id.isEmpty()) {
      ObjectNode violation =
          JSON.objectNode().put("type", "missing").put("msg", "Field required").putNull("input");
      violation.putArray("loc").add("query").add("request_id");
      throw new UnprocessableBodyException(JSON.arrayNode().add(violation));
    }
    List<ApiRequest> found = requests.find(id.get());
    if (found.isEmpty()) {
      return HttpAnswer.detail(404, "Request '%s' not found".formatted(id.get()));
    }
    if (found.size() > 1) {
      return HttpAnswer.detail(400, "Multiple requests found for request ID prefix: " + id.get());
    }
    ApiRequest request = found.getFirst();
    Outcome outcome = request.await();
    ObjectNode payload = RequestPayload.encoded(request);
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> HttpAnswer.ok(payload);
      case Outcome.Cancelled cancelled -> HttpAnswer.ok(payload);
      case Outcome.Failed failed ->
          new HttpAnswer.Json(500, JSON.objectNode().set("detail", payload), Map.of());
    };
  }

  /** Tells of requests without waiting; unknown ids are skipped. */
  HttpAnswer status(HttpCall call) {
    List<String> ids = call.parameters("request_ids");
    boolean all = call.flag("all_status") || !ids.isEmpty();
    Stream<ApiRequest> selected =
        ids.isEmpty()
            ? requests.newestFirst().stream()
            : ids.stream().flatMap(id -> requests.find(id).stream());
    // No request here belongs to a cluster.
    Stream<ApiRequest> shown =
        selected.filter(
            request ->
                call.parameter("cluster_name").isEmpty() && (all || request.outcome().isEmpty()));
    Optional<Integer> limit = call.parameter("limit").map(Integer::parseInt);
    // A real server honours the fields only where it selects the requests itself.
    List<String> fields = ids.isEmpty() ? call.parameters("fields") : List.of();
    ArrayNode list = JSON.arrayNode();
    (limit.isPresent() ? shown.limit(limit.get()) : shown)
        .forEach(request -> list.add(shown(RequestPayload.readable(request), fields)));
    return HttpAnswer.ok(list);
  }

  /** Blanks the two large fields unless they are asked for. */
  private static ObjectNode shown(ObjectNode payload, List<String> fields) {
    if (!fields.isEmpty()) {
      if (!fields.contains("request_body")) {
        payload.put("request_body", "null");
      }
      if (!fields.contains("entrypoint")) {
        payload.put("entrypoint", "");
      }
    }
    return payload;
  }

  /** Cancels requests and returns the ids of those that it ended. */
  ArrayNode cancel(List<String> ids, Optional<String> userId) {
    Stream<ApiRequest> selected =
        ids.isEmpty()
            ? requests.newestFirst().stream()
            : ids.stream().flatMap(id -> requests.find(id).stream());
    ArrayNode cancelled = JSON.arrayNode();
    selected
        .filter(request -> !request.description().name().equals(CANCEL))
        .filter(
            request -> userId.map(user -> request.description().userId().equals(user)).orElse(true))
        .filter(requests::cancel)
        .forEach(request -> cancelled.add(request.id()));
    return cancelled;
  }
}
