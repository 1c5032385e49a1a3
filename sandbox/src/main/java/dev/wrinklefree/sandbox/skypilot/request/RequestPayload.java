package dev.wrinklefree.sandbox.skypilot.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as JSON, with {@code return_value} and {@code error} as JSON documents in strings. */
public final class RequestPayload {

  /** Pickle of Python's None: no client but the Python one reads pickles. */
  public static final String PICKLED_NONE = "gAROLg==";

  private static final String NULL = "null";

  /** Requests that a real server notes as the jobs controller's. */
  private static final Set<String> CONTROLLED =
      Set.of(
          "sky.jobs.launch",
          "sky.jobs.queue",
          "sky.jobs.queue_v2",
          "sky.jobs.cancel",
          "sky.jobs.logs");

  private static final String CONTROLLER = "sky-jobs-controller-5a4db0a5";

  /** Python functions behind the requests, which the readable form names. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "sky.jobs.launch", "launch",
          "sky.jobs.queue", "queue",
          "sky.jobs.queue_v2", "queue_v2_api",
          "sky.jobs.cancel", "cancel",
          "sky.jobs.logs", "tail_logs");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RequestPayload() {}

  /** As {@code /api/get} sends it. */
  public static ObjectNode encoded(ApiRequest request) {
    ObjectNode payload = base(request, PICKLED_NONE, PICKLED_NONE);
    request.outcome().ifPresent(outcome -> addOutcome(payload, outcome));
    return payload;
  }

  /** As {@code /api/status} sends it: readable, and without the outcome's value. */
  public static ObjectNode readable(ApiRequest request) {
    ApiRequest.Description description = request.description();
    ObjectNode payload =
        base(
            request,
            FUNCTIONS.getOrDefault(description.name(), "wrapper"),
            write(description.body()));
    return payload.put("user_name", description.userName()).putNull("pid");
  }

  private static ObjectNode base(ApiRequest request, String entrypoint, String body) {
    ApiRequest.Description description = request.description();
    @Nullable Instant end = request.outcome().map(Outcome::at).orElse(null);
    return MAPPER
        .createObjectNode()
        .put("request_id", request.id())
        .put("name", description.name())
        .put("entrypoint", entrypoint)
        .put("request_body", body)
        .put("status", request.outcome().map(RequestPayload::status).orElse("RUNNING"))
        .put("created_at", EpochSeconds.of(request.createdAt()))
        .put("user_id", description.userId())
        .put("return_value", NULL)
        .put("error", NULL)
        .put("pid", ProcessHandle.current().pid())
        .put("schedule_type", description.scheduleType().name().toLowerCase(Locale.ROOT))
        .putNull("user_name")
        .put("cluster_name", CONTROLLED.contains(description.name()) ? CONTROLLER : null)
        .putNull("status_msg")
        .put("should_retry", false)
        .put("finished_at", end == null ? null : EpochSeconds.of(end))
        .putNull("file_mounts_blob_id");
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> "SUCCEEDED";
      case Outcome.Failed failed -> "FAILED";
      case Outcome.Cancelled cancelled -> "CANCELLED";
    };
  }

  private static void addOutcome(ObjectNode payload, Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded succeeded -> payload.put("return_value", write(succeeded.value()));
      case Outcome.Failed failed ->
          payload.put(
              "error",
              write(
                  MAPPER
                      .createObjectNode()
                      .put("object", PICKLED_NONE)
                      .put("type", failed.error().type())
                      .put("message", failed.error().getMessage())));
      case Outcome.Cancelled cancelled -> {}
    }
  }

  private static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree has no JSON text", e);
    }
  }
}
