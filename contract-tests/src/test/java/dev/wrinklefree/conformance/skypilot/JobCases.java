package dev.wrinklefree.conformance.skypilot;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Managed jobs that no cloud can take: launched, looked for, refused, cancelled, read. */
final class JobCases {

  static final Set<String> ENDED =
      Set.of(
          "SUCCEEDED",
          "CANCELLED",
          "FAILED",
          "FAILED_SETUP",
          "FAILED_PRECHECKS",
          "FAILED_NO_RESOURCE",
          "FAILED_CONTROLLER");

  /** The real scheduler looks for new jobs every few seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private JobCases() {}

  static List<Case> all() {
    return List.of(
        new Case("a launch returns the job's id", JobCases::launched),
        new Case("a job that no cloud can take fails its checks", JobCases::infeasible),
        new Case(
            "a launch whose task has an illegal name",
            s -> refusal(s.outcome("/jobs/launch", launch("no spaces!", "infra: vsphere")))),
        new Case(
            "a job whose name begins with a digit",
            s -> ended(s, "7" + newName(), "infra: vsphere")),
        new Case("a job in the queue has all its fields", JobCases::wholeRecord),
        new Case("a job with the fields that were asked for", JobCases::someFields),
        new Case("a cancelled job ends", JobCases::cancelled),
        new Case("cancelling twice is the same", JobCases::cancelledTwice),
        new Case("jobs are found by a part of their name", JobCases::byName),
        new Case("jobs come newest first and in pages", JobCases::paged),
        new Case("finished jobs can be left out", JobCases::unfinishedOnly),
        new Case("jobs by status", JobCases::byStatus),
        new Case("the log of a job that is not there", JobCases::logOfNone));
  }

  private static JsonNode launched(Server server) {
    JsonNode value = server.value("/jobs/launch", launch(newName(), "infra: vsphere"));
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("shape", Plain.shape(value));
    seen.put("ids", value.path("job_id").size());
    seen.put("idIsInteger", value.path("job_id").path(0).isIntegralNumber());
    return seen;
  }

  private static JsonNode infeasible(Server server) {
    return ended(server, newName(), "infra: vsphere");
  }

  private static JsonNode ended(Server server, String name, String resources) {
    JsonNode job = awaitEnd(server, launchJob(server, name, resources));
    ObjectNode seen = Server.MAPPER.createObjectNode();
    for (String field :
        List.of("status", "recovery_count", "schedule_state", "metadata", "start_at")) {
      seen.set(field, Plain.of(job.path(field)));
    }
    seen.put("ended", job.path("end_at").isNumber());
    seen.put("reason", job.path("failure_reason").isTextual());
    return seen;
  }

  private static JsonNode refusal(HttpResponse<String> answer) {
    JsonNode payload = Server.json(answer.body()).path("detail");
    ObjectNode seen = Server.seen(answer);
    seen.set("type", Server.json(payload.path("error").asText()).path("type"));
    return seen;
  }

  private static JsonNode wholeRecord(Server server) {
    long id = launchJob(server, newName(), "infra: vsphere");
    awaitEnd(server, id);
    return names(queue(server, q -> q.putArray("job_ids").add(id)).path("jobs").path(0));
  }

  private static JsonNode someFields(Server server) {
    long id = launchJob(server, newName(), "infra: vsphere");
    JsonNode jobs =
        queue(
                server,
                q -> {
                  q.putArray("job_ids").add(id);
                  q.putArray("fields").add("job_id").add("job_name").add("status").add("metadata");
                })
            .path("jobs");
    return names(jobs.path(0));
  }

  private static JsonNode cancelled(Server server) {
    long id = launchJob(server, newName(), "infra: vsphere");
    JsonNode answer = cancel(server, id);
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("answer", Plain.of(answer));
    seen.put("ended", ENDED.contains(awaitEnd(server, id).path("status").asText()));
    return seen;
  }

  private static JsonNode cancelledTwice(Server server) {
    long id = launchJob(server, newName(), "infra: vsphere");
    cancel(server, id);
    awaitEnd(server, id);
    return Plain.of(cancel(server, id));
  }

  private static JsonNode byName(Server server) {
    String name = newName();
    launchJob(server, name + "-one", "infra: vsphere");
    launchJob(server, name + "-two", "infra: vsphere");
    JsonNode found = queue(server, q -> q.put("name_match", name));
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("shape", Plain.shape(found));
    seen.put("total", found.path("total").asInt());
    seen.put(
        "upperCase",
        queue(server, q -> q.put("name_match", name.toUpperCase(Locale.ROOT)))
            .path("total")
            .asInt());
    ArrayNode names = seen.putArray("names");
    found
        .path("jobs")
        .forEach(job -> names.add(job.path("job_name").asText().substring(name.length())));
    return seen;
  }

  private static JsonNode paged(Server server) {
    String name = newName();
    for (String suffix : List.of("-a", "-b", "-c")) {
      launchJob(server, name + suffix, "infra: vsphere");
    }
    ObjectNode seen = Server.MAPPER.createObjectNode();
    for (int page = 1; page <= 3; page++) {
      int number = page;
      JsonNode found =
          queue(server, q -> q.put("name_match", name).put("page", number).put("limit", 2));
      ObjectNode one = seen.putObject("page " + page).put("total", found.path("total").asInt());
      ArrayNode names = one.putArray("names");
      found
          .path("jobs")
          .forEach(job -> names.add(job.path("job_name").asText().substring(name.length())));
    }
    return seen;
  }

  private static JsonNode unfinishedOnly(Server server) {
    String name = newName();
    long id = launchJob(server, name, "infra: vsphere");
    awaitEnd(server, id);
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.put("all", queue(server, q -> q.put("name_match", name)).path("total").asInt());
    seen.put(
        "unfinished",
        queue(server, q -> q.put("name_match", name).put("skip_finished", true))
            .path("jobs")
            .size());
    return seen;
  }

  private static JsonNode byStatus(Server server) {
    String name = newName();
    awaitEnd(server, launchJob(server, name, "infra: vsphere"));
    ObjectNode seen = Server.MAPPER.createObjectNode();
    for (String status : List.of("FAILED_PRECHECKS", "RUNNING")) {
      JsonNode found =
          queue(server, q -> q.put("name_match", name).putArray("statuses").add(status));
      seen.put(status, found.path("jobs").size());
      seen.set("counts", found.path("status_counts"));
    }
    return seen;
  }

  private static JsonNode logOfNone(Server server) {
    HttpResponse<String> answer =
        server.post(
            "/jobs/logs", Server.body().put("job_id", 999_999_999).put("follow", false).toString());
    return Server.seen(answer);
  }

  private static ObjectNode launch(String name, String resources) {
    String yaml =
        "name: \"%s\"\nresources: {%s}\n_metadata: {wrinklefree_run_id: \"run-1\"}\napi_server_access: false\nrun: echo hello\n"
            .formatted(name, resources);
    return Server.body().put("task", yaml).put("name", name);
  }

  static long launchJob(Server server, String name, String resources) {
    return server.value("/jobs/launch", launch(name, resources)).path("job_id").path(0).asLong();
  }

  private static JsonNode cancel(Server server, long id) {
    ObjectNode body = Server.body();
    body.putArray("job_ids").add(id);
    return server.value("/jobs/cancel", body);
  }

  private static JsonNode queue(Server server, Consumer<ObjectNode> filter) {
    ObjectNode body = Server.body().put("all_users", true);
    filter.accept(body);
    return server.value("/jobs/queue/v2", body);
  }

  static JsonNode awaitEnd(Server server, long id) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> queue(server, q -> q.putArray("job_ids").add(id)).path("jobs").path(0),
            job -> ENDED.contains(job.path("status").asText()));
  }

  private static JsonNode names(JsonNode object) {
    ArrayNode names = Server.MAPPER.createArrayNode();
    sortedNames(object).forEach(names::add);
    return names;
  }

  private static Stream<String> sortedNames(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).sorted();
  }

  static String newName() {
    return "contract-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
