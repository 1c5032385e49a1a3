package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import java.net.http.HttpResponse;
import java.util.List;

/** The life of a request: submitted, waited for, listed, failed, cancelled. */
final class RequestCases {

  private RequestCases() {}

  static List<Case> all() {
    return List.of(
        new Case("a request that succeeded", s -> payload(s.outcome("/jobs/queue/v2", noJobs()))),
        new Case("a request that failed", RequestCases::failed),
        new Case("a request found by the beginning of its id", RequestCases::byPrefix),
        new Case("a request in the list", RequestCases::listed),
        new Case(
            "unknown requests are left out of the list",
            s -> Server.plain(s.get("/api/status?request_ids=no-such-request"))),
        new Case("cancelling a request that is over", RequestCases::cancelledTooLate),
        new Case("cancelling a job that is not there", s -> cancelUnknown(s)),
        new Case(
            "a queue in which nothing fits",
            s -> Plain.of(emptied(s.value("/jobs/queue/v2", noJobs())))),
        new Case(
            "a task that is valid",
            s -> validated(s, "name: fine\nresources: {cpus: 2+}\nrun: echo hello\n")),
        new Case("a task with an illegal name", s -> validated(s, "name: no spaces!\nrun: x\n")),
        new Case("a task with an unknown key", s -> validated(s, "name: odd\nrunn: echo hello\n")),
        new Case(
            "a task with unknown resources",
            s -> validated(s, "name: odd\nresources: {gpus: 3}\nrun: x\n")),
        new Case(
            "a task whose variable has no value",
            s -> validated(s, "name: odd\nenvs: {A: null}\nrun: x\n")),
        new Case(
            "a task with a scalar for envs", s -> validated(s, "name: odd\nenvs: 3\nrun: x\n")),
        new Case(
            "a task with metadata of ours",
            s -> validated(s, "name: fine\n_metadata: {wrinklefree_run_id: a}\nrun: x\n")),
        new Case(
            "a task without access to the server",
            s -> validated(s, "name: fine\napi_server_access: false\nrun: x\n")),
        new Case(
            "a task with a secret by name",
            s -> validated(s, "name: fine\nsecrets: {A: null}\nrun: x\n")));
  }

  static ObjectNode noJobs() {
    return Server.body().put("all_users", true).put("name_match", "no job has this name");
  }

  private static JsonNode payload(HttpResponse<String> answer) {
    ObjectNode seen = Server.seen(answer);
    JsonNode payload = Server.json(answer.body());
    seen.set("shape", Plain.shape(payload));
    for (String field : List.of("name", "status", "error", "schedule_type", "should_retry")) {
      seen.set(field, payload.path(field));
    }
    return seen;
  }

  private static JsonNode failed(Server server) {
    HttpResponse<String> answer =
        server.outcome(
            "/jobs/launch",
            Server.body().put("task", "resources: {gpus: 3}\nrun: x\n").putNull("name"));
    ObjectNode seen = Server.seen(answer);
    JsonNode payload = Server.json(answer.body()).path("detail");
    seen.set("status", payload.path("status"));
    seen.set("returned", payload.path("return_value"));
    JsonNode error = Server.json(payload.path("error").asText());
    seen.set("errorShape", Plain.shape(error));
    seen.set("type", error.path("type"));
    return seen;
  }

  private static JsonNode byPrefix(Server server) {
    String id = submit(server);
    server.get("/api/get?request_id=" + id);
    HttpResponse<String> answer = server.get("/api/get?request_id=" + id.substring(0, 13));
    return Server.seen(answer)
        .put("same", Server.json(answer.body()).path("request_id").asText().equals(id));
  }

  private static JsonNode listed(Server server) {
    String id = submit(server);
    server.get("/api/get?request_id=" + id);
    HttpResponse<String> answer = server.get("/api/status?request_ids=" + id);
    JsonNode list = Server.json(answer.body());
    ObjectNode seen = Server.seen(answer).put("size", list.size());
    seen.set("shape", Plain.shape(list.path(0)));
    for (String field :
        List.of("name", "entrypoint", "status", "return_value", "error", "schedule_type")) {
      seen.set(field, list.path(0).path(field));
    }
    seen.put(
        "bodyNamesTheJob",
        list.path(0).path("request_body").asText().contains("no job has this name"));
    return seen;
  }

  private static JsonNode cancelledTooLate(Server server) {
    String id = submit(server);
    server.get("/api/get?request_id=" + id);
    ObjectNode body = Server.body().putNull("user_id");
    body.putArray("request_ids").add(id);
    return Plain.of(server.value("/api/cancel", body));
  }

  private static JsonNode cancelUnknown(Server server) {
    ObjectNode body = Server.body();
    body.putArray("job_ids").add(999_999_999);
    return Plain.of(server.value("/jobs/cancel", body));
  }

  /** How many jobs there are besides differs from server to server. */
  private static JsonNode emptied(JsonNode queue) {
    ((ObjectNode) queue).put("total_no_filter", 0);
    return queue;
  }

  private static JsonNode validated(Server server, String yaml) {
    HttpResponse<String> answer =
        server.post(
            "/validate", Server.body().put("dag", yaml).putNull("request_options").toString());
    ObjectNode seen = Server.seen(answer);
    JsonNode body = Server.json(answer.body());
    if (answer.statusCode() == 200) {
      seen.set("body", body);
    } else {
      seen.set("shape", Plain.shape(body.path("detail")));
      seen.set("type", body.path("detail").path("type"));
    }
    return seen;
  }

  private static String submit(Server server) {
    return server
        .post("/jobs/queue/v2", noJobs().toString())
        .headers()
        .firstValue(Server.REQUEST_ID)
        .orElseThrow();
  }
}
