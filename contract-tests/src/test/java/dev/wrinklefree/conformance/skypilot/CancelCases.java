package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Consumer;

/** Cancelling by name, without saying whom, and too often; and logs of jobs that have ended. */
final class CancelCases {

  private CancelCases() {}

  static List<Case> all() {
    return List.of(
        new Case("cancelling by name", CancelCases::byName),
        new Case(
            "cancelling by a name that nobody has",
            s -> outcome(s, q -> q.put("name", "no job has this name"))),
        new Case("cancelling nobody", s -> outcome(s, q -> {})),
        new Case(
            "cancelling by two selectors",
            s -> outcome(s, q -> q.put("name", "x").putArray("job_ids").add(999_999_999))),
        new Case("cancelling no ids", s -> outcome(s, q -> q.putArray("job_ids"))),
        new Case(
            "cancelling an id that is no number", s -> outcome(s, q -> q.put("job_ids", "all"))),
        new Case("logs of a job that has ended", CancelCases::logs),
        new Case(
            "the log of a name that nobody has",
            s -> log(s, q -> q.put("name", "no job has this name").put("follow", false))),
        new Case(
            "the controller's log of a job that is not there",
            s -> log(s, q -> q.put("job_id", 999_999_999).put("controller", true))));
  }

  private static JsonNode byName(Server server) {
    String name = JobCases.newName();
    long id = JobCases.launchJob(server, name, "infra: vsphere");
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("answer", outcome(server, q -> q.put("name", name)));
    seen.put("ended", JobCases.awaitEnd(server, id).path("status").isTextual());
    seen.set("again", outcome(server, q -> q.put("name", name)));
    return seen;
  }

  private static JsonNode outcome(Server server, Consumer<ObjectNode> selector) {
    ObjectNode body = Server.body();
    selector.accept(body);
    HttpResponse<String> answer = server.outcome("/jobs/cancel", body);
    ObjectNode seen = Server.seen(answer);
    JsonNode payload = Server.json(answer.body());
    if (answer.statusCode() == 200) {
      seen.set("value", payload.path("return_value"));
    } else if (payload.path("detail").has("error")) {
      seen.set("type", Server.json(payload.path("detail").path("error").asText()).path("type"));
    } else {
      payload.path("detail").forEach(v -> seen.withArray("loc").add(Plain.of(v.path("loc"))));
    }
    return seen;
  }

  private static JsonNode logs(Server server) {
    long id = JobCases.launchJob(server, JobCases.newName(), "infra: vsphere");
    JobCases.awaitEnd(server, id);
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("followed", log(server, q -> q.put("job_id", id)));
    seen.set("until now", log(server, q -> q.put("job_id", id).put("follow", false)));
    seen.set("tail", log(server, q -> q.put("job_id", id).put("tail", 1)));
    seen.set(
        "controller",
        log(server, q -> q.put("job_id", id).put("controller", true).put("follow", false)));
    return seen;
  }

  /** The stream's kind and, once it is read, the exit code that its request ended with. */
  private static JsonNode log(Server server, Consumer<ObjectNode> question) {
    ObjectNode body = Server.body();
    question.accept(body);
    HttpResponse<String> stream = server.post("/jobs/logs", body.toString());
    ObjectNode seen = Server.seen(stream);
    seen.put(
        "plain", stream.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
    String id = stream.headers().firstValue(Server.REQUEST_ID).orElseThrow();
    JsonNode request = Server.json(server.get("/api/get?request_id=" + id).body());
    seen.set("exitCode", request.path("return_value"));
    return seen.put("says something", !stream.body().isBlank());
  }
}
