package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import java.net.http.HttpResponse;
import java.util.List;

/** Versions, headers and refusals: what every call has in common. */
final class HttpCases {

  private HttpCases() {}

  static List<Case> all() {
    return List.of(
        new Case("health tells who answers", HttpCases::health),
        new Case("health without version headers", s -> headersOf(s.get("/api/health", List.of()))),
        new Case(
            "a client that is too old is told so",
            s -> {
              HttpResponse<String> answer = s.get("/api/health", Server.client("23"));
              return Server.seen(answer)
                  .put("error", Server.json(answer.body()).path("error").asText());
            }),
        new Case(
            "a newer client is served", s -> headersOf(s.get("/api/health", Server.client("999")))),
        new Case("an unknown path", s -> whole(s.get("/api/nothing"))),
        new Case("the wrong method", s -> whole(s.get("/jobs/launch"))),
        new Case("an unknown request", s -> whole(s.get("/api/get?request_id=no-such-request"))),
        new Case("get without a request", s -> violations(s.get("/api/get"))),
        new Case(
            "a launch without a task",
            s -> violations(s.post("/jobs/launch", Server.body().toString()))),
        new Case("a body that is no JSON", s -> violations(s.post("/jobs/queue/v2", "{\"a\": "))),
        new Case(
            "a field of the wrong type",
            s ->
                violations(
                    s.post("/jobs/queue/v2", Server.body().put("limit", "many").toString()))),
        new Case(
            "a caller without a user",
            // On a connection of its own: the real server drops it afterwards without a word.
            s -> Server.seen(new Server(s.host()).post("/jobs/queue/v2", "{\"env_vars\": {}}"))),
        new Case(
            "a submit answers null and a request id",
            s -> {
              HttpResponse<String> answer = s.post("/jobs/cancel", nothingToCancel().toString());
              return Server.seen(answer).put("body", answer.body());
            }));
  }

  private static JsonNode health(Server server) {
    HttpResponse<String> answer = server.get("/api/health");
    JsonNode body = Server.json(answer.body());
    ObjectNode seen = Server.seen(answer);
    seen.put("says", body.path("status").asText());
    seen.put(
        "apiVersionIsText",
        body.path("api_version").asText().matches("[0-9]+")
            && body.path("api_version").isTextual());
    for (String field : List.of("version", "commit")) {
      seen.put(field, body.path(field).isTextual());
    }
    seen.put("basicAuth", body.path("basic_auth_enabled").asBoolean());
    seen.put("userIsNull", body.path("user").isNull());
    return seen;
  }

  private static JsonNode headersOf(HttpResponse<String> answer) {
    return Server.seen(answer).put("says", Server.json(answer.body()).path("status").asText());
  }

  private static JsonNode whole(HttpResponse<String> answer) {
    ObjectNode seen = Server.seen(answer);
    seen.set("body", Server.plain(answer));
    return seen;
  }

  /** Where and what, as pydantic tells it; its sentences are its own. */
  private static JsonNode violations(HttpResponse<String> answer) {
    ObjectNode seen = Server.seen(answer);
    ArrayNode violations = seen.putArray("violations");
    for (JsonNode violation : Server.json(answer.body()).path("detail")) {
      ObjectNode one = violations.addObject();
      one.set("type", violation.path("type"));
      one.set("loc", Plain.of(violation.path("loc")));
    }
    return seen;
  }

  private static ObjectNode nothingToCancel() {
    ObjectNode body = Server.body();
    body.putArray("job_ids").add(999_999_999);
    return body;
  }
}
