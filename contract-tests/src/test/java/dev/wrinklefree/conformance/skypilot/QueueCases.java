package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Questions to a queue of {@link FullQueue#JOBS} jobs in every status. */
final class QueueCases {

  /** All that our services read, and what else does not depend on the time or on a controller. */
  private static final List<String> FIELDS =
      List.of(
          "job_id",
          "task_id",
          "job_name",
          "task_name",
          "status",
          "recovery_count",
          "submitted_at",
          "start_at",
          "end_at",
          "last_recovered_at",
          "failure_reason",
          "workspace",
          "user_hash",
          "user_name",
          "metadata",
          "resources",
          "priority",
          "cluster_resources",
          "cloud",
          "region",
          "zone",
          "accelerators",
          "pool",
          "execution");

  private QueueCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        new Case(
            "a full queue: all of it",
            s -> {
              FullQueue.fill(s);
              return answer(s, q -> {});
            }));
    add(cases, "the first page", q -> page(q, 1, 500));
    add(cases, "the last page", q -> page(q, 20, 500));
    add(cases, "a page that is not full", q -> page(q, 4, 3_000));
    add(cases, "a page after the last", q -> page(q, 21, 500));
    add(cases, "a limit without a page", q -> q.put("limit", 7));
    add(cases, "without the finished", q -> q.put("skip_finished", true));
    add(
        cases,
        "the last page without the finished",
        q -> page(q.put("skip_finished", true), 5, 1_000));
    for (String status :
        List.of("PENDING", "WINDING_DOWN", "FAILED_NO_RESOURCE", "FAILED_CONTROLLER")) {
      add(cases, "only " + status, q -> page(q, 1, 200).putArray("statuses").add(status));
    }
    add(
        cases,
        "two statuses",
        q -> page(q, 2, 100).putArray("statuses").add("RUNNING").add("FAILED"));
    add(cases, "an unknown status", q -> q.putArray("statuses").add("DREAMING"));
    add(cases, "no status", q -> page(q, 1, 10).putArray("statuses"));
    add(
        cases,
        "running, without the finished",
        q ->
            page(q.put("skip_finished", true), 1, 100)
                .putArray("statuses")
                .add("RUNNING")
                .add("FAILED"));
    add(cases, "by ids", q -> ids(q.putArray("job_ids"), 17, 4_711, 9_999, 20_000));
    add(cases, "no ids", q -> page(q, 1, 10).putArray("job_ids"));
    add(cases, "by a part of the name", q -> q.put("name_match", FullQueue.NAME + "0042"));
    add(
        cases,
        "by a name with a wildcard",
        q -> page(q.put("name_match", "full_queue-_7%9"), 1, 100));
    add(cases, "by user", q -> page(q.put("user_match", "grac"), 1, 100));
    add(cases, "by a user that is not there", q -> q.put("user_match", "linus"));
    add(cases, "only one's own", q -> page(q.put("all_users", false), 1, 100));
    add(cases, "by workspace", q -> page(q.put("workspace_match", "defau"), 1, 10));
    add(cases, "by a workspace that is not there", q -> q.put("workspace_match", "elsewhere"));
    add(cases, "in a pool", q -> q.put("pool_match", "any"));
    add(cases, "submitted after", q -> page(q.put("submitted_after", 1_790_100_000.0), 1, 100));
    add(
        cases,
        "submitted between",
        q ->
            page(
                q.put("submitted_after", 1_790_010_000.0).put("submitted_before", 1_790_011_000.0),
                1,
                500));
    for (String column : List.of("job_name", "submitted_at", "status")) {
      add(cases, "by " + column, q -> page(sorted(q, column, "asc"), 2, 300));
    }
    for (String column : List.of("submitted_at", "recovery_count", "resources")) {
      add(cases, "by " + column + ", falling", q -> page(sorted(q, column, "desc"), 2, 300));
    }
    add(cases, "by user, all on one page", q -> sorted(q, "user", "asc"));
    add(cases, "sorted by nothing that there is", q -> page(q.put("sort_by", "beauty"), 1, 10));
    cases.add(refused("an unknown field", q -> q.putArray("fields").add("job_id").add("beauty")));
    cases.add(refused("page 0", q -> page(q, 0, 10)));
    cases.add(refused("a limit of 0", q -> page(q, 1, 0)));
    cases.add(refused("a page without a limit", q -> q.put("page", 2)));
    cases.add(refused("an order that is none", q -> page(q.put("sort_order", "sideways"), 1, 10)));
    cases.add(
        new Case(
            "a full queue: how long finished jobs ran",
            s ->
                Digest.of(
                    ask(
                            s,
                            q -> {
                              q.putArray("fields").add("job_id").add("job_duration");
                              page(q, 1, 1_000).putArray("statuses").add("SUCCEEDED").add("FAILED");
                            })
                        .path("jobs"))));
    cases.add(new Case("a full queue: the older queue", QueueCases::older));
    return List.copyOf(cases);
  }

  private static void add(List<Case> cases, String what, Consumer<ObjectNode> question) {
    cases.add(new Case("a full queue: " + what, s -> answer(s, question)));
  }

  private static Case refused(String what, Consumer<ObjectNode> question) {
    return new Case(
        "a full queue: " + what,
        s -> {
          var outcome = s.outcome("/jobs/queue/v2", question(question));
          ObjectNode seen = Server.seen(outcome);
          JsonNode body = Server.json(outcome.body());
          JsonNode error = Server.json(body.path("detail").path("error").asText());
          if (error.has("type")) {
            seen.set("type", error.get("type"));
          }
          if (outcome.statusCode() == 200) {
            seen.put("jobs", Server.json(body.path("return_value").asText()).path("jobs").size());
          }
          return seen;
        });
  }

  private static JsonNode answer(Server server, Consumer<ObjectNode> question) {
    JsonNode answer = ask(server, question);
    ObjectNode seen = Server.MAPPER.createObjectNode();
    seen.set("total", answer.path("total"));
    Map<String, Integer> counts = new TreeMap<>();
    answer
        .path("status_counts")
        .properties()
        .forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
    seen.set("counts", Server.MAPPER.valueToTree(counts));
    seen.set("jobs", Digest.of(answer.path("jobs")));
    return seen;
  }

  private static JsonNode older(Server server) {
    ArrayNode ours = Server.MAPPER.createArrayNode();
    ObjectNode body = Server.body().put("all_users", true);
    ids(body.putArray("job_ids"), 3, 2, 1);
    for (JsonNode row : server.value("/jobs/queue", body)) {
      ours.add(((ObjectNode) row).retain(List.of("job_id", "job_name", "status", "submitted_at")));
    }
    return ours;
  }

  private static JsonNode ask(Server server, Consumer<ObjectNode> question) {
    return server.value("/jobs/queue/v2", question(question));
  }

  private static ObjectNode question(Consumer<ObjectNode> question) {
    ObjectNode body = Server.body().put("all_users", true).put("name_match", FullQueue.NAME);
    FIELDS.forEach(body.putArray("fields")::add);
    question.accept(body);
    return body;
  }

  private static ObjectNode sorted(ObjectNode question, String column, String order) {
    return question.put("sort_by", column).put("sort_order", order);
  }

  private static ObjectNode page(ObjectNode question, int page, int limit) {
    return question.put("page", page).put("limit", limit);
  }

  private static void ids(ArrayNode ids, int... places) {
    for (int place : places) {
      ids.add(FullQueue.FIRST_ID + place);
    }
  }
}
