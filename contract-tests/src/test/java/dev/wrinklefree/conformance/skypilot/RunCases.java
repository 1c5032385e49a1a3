package dev.wrinklefree.conformance.skypilot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jobs that a machine takes and runs: what becomes of them, and what their logs say. */
final class RunCases {

  /** Whose line it is stands before it: {@code (name, pid=7) text}. */
  private static final Pattern PRINTED =
      Pattern.compile("^\\((?:contract-[0-9a-f]+-)?(?<phase>[a-z-]+),? pid=\\d+\\) (?<text>.*)");

  private @Nullable Runs runs;

  private RunCases() {}

  static List<Case> all() {
    RunCases cases = new RunCases();
    return List.of(
        cases.of("a job that runs well", Runs.SUCCEEDS),
        cases.of("a job whose program fails", Runs.FAILS),
        cases.of("a job whose setup fails", Runs.FAILS_SETUP),
        cases.of("a job that is cancelled while it starts", Runs.CANCELLED_STARTING),
        cases.of("a job that is cancelled while it runs", Runs.CANCELLED_RUNNING),
        new Case(
            "the log of a running job, followed until it is cancelled",
            server -> cases.runs(server).followed()));
  }

  private Case of(String name, String job) {
    return new Case(name, server -> life(server, runs(server), job));
  }

  /** They are launched together, since a machine takes a minute to be there. */
  private Runs runs(Server server) {
    assumeTrue(server.host().runsJobs(), "jobs that run: no Slurm could be started here");
    if (runs == null) {
      runs = Runs.of(server);
    }
    return runs;
  }

  private static JsonNode life(Server server, Runs runs, String name) {
    JsonNode job = runs.last(name);
    String id = job.path("job_id").asText();
    ObjectNode seen = Server.MAPPER.createObjectNode();
    server
        .host()
        .statuses(job.path("job_id").asLong(), runs.statuses(name))
        .forEach(seen.putArray("statuses")::add);
    for (String field : List.of("recovery_count", "metadata")) {
      seen.set(field, Plain.of(job.path(field)));
    }
    seen.put(
        "reason",
        Plain.of(job.path("failure_reason").asText()).replaceAll("\\b" + id + "\\b", "<id>"));
    for (String time : List.of("submitted_at", "start_at", "end_at")) {
      seen.put(time, job.path(time).isNumber());
    }
    seen.put("ran", job.path("job_duration").asDouble() > 0);
    seen.put("inOrder", inOrder(job));
    for (String place : List.of("cloud", "region", "infra", "cluster_resources")) {
      seen.put(place, job.path(place).asText("-").length() > 1);
    }
    seen.set("log", log(server, job.path("job_id").asLong()));
    return seen;
  }

  private static boolean inOrder(JsonNode job) {
    double submitted = job.path("submitted_at").asDouble();
    double start = job.path("start_at").asDouble(submitted);
    return submitted <= start && start <= job.path("end_at").asDouble();
  }

  private static JsonNode log(Server server, long id) {
    HttpResponse<String> stream =
        server.post("/jobs/logs", Server.body().put("job_id", id).toString());
    ObjectNode seen = Server.MAPPER.createObjectNode();
    ArrayNode printed = seen.putArray("printed");
    // Slurm passes standard output and standard error on separately, so either may be first.
    stream
        .body()
        .lines()
        .map(RunCases::printed)
        .filter(text -> !text.isEmpty())
        .sorted()
        .forEach(printed::add);
    String request = stream.headers().firstValue(Server.REQUEST_ID).orElseThrow();
    JsonNode answer = Server.json(server.get("/api/get?request_id=" + request).body());
    return seen.set("exitCode", answer.path("return_value"));
  }

  /** What a job's program printed, without who printed it; empty for the server's own words. */
  static String printed(String line) {
    Matcher matcher = PRINTED.matcher(Plain.of(line));
    return matcher.find() ? matcher.group("phase") + ": " + matcher.group("text").strip() : "";
  }
}
