package dev.wrinklefree.conformance.skypilot;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The client that our services use, on the wire: all that it reads and how it fails. */
final class ClientCases {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int PAGE = 2_000;
  private static final long NO_JOB = 999_999_999;

  private ClientCases() {}

  static List<Case> all() {
    return List.of(
        asked("health", ClientCases::health),
        asked("a job from its launch to its end", ClientCases::life),
        asked("a launch that is refused", ClientCases::refused),
        asked(
            "the result of a request that nobody made",
            c -> Failures.of(() -> c.awaitLaunch(new RequestId("0".repeat(36))))),
        asked("cancelling what is not there", ClientCases::cancelNothing),
        asked("the log of a job that is not there", c -> log(c, LogQuery.following(NO_JOB))),
        asked("one job in every status", ClientCases::everyStatus),
        asked("10,000 jobs in pages", ClientCases::inPages),
        asked(
            "a field that the server does not know",
            c ->
                Failures.of(
                    () -> c.queue(QueueQuery.ofName("x").withFields(List.of("job_id", "beauty"))))),
        new Case("our client: a server that was restarted", ClientCases::restarted));
  }

  private static Case asked(String what, Function<SkyPilotClient, JsonNode> question) {
    return new Case(
        "our client: " + what,
        server -> {
          try (SkyPilotClient client = server.client()) {
            return question.apply(client);
          }
        });
  }

  private static JsonNode health(SkyPilotClient client) {
    var health = client.health();
    return Server.MAPPER
        .createObjectNode()
        .put("healthy", health.isHealthy())
        .put("basicAuth", health.basicAuthEnabled())
        .put("serviceAccounts", health.serviceAccountTokenEnabled())
        .put("user", health.userName())
        .put("version", client.serverVersion().isPresent());
  }

  private static JsonNode life(SkyPilotClient client) {
    String name = JobCases.newName();
    LaunchedJob launched = client.awaitLaunch(client.submitLaunch(task(name), name));
    long id = launched.jobId().orElseThrow();
    JobRecord job = awaitEnd(client, id);
    ObjectNode seen = Server.MAPPER.createObjectNode().put("jobs", launched.jobIds().size());
    seen.put("named", name.equals(job.jobName())).put("task", name.equals(job.taskName()));
    seen.put("status", job.status().name()).put("schedule", job.scheduleState());
    seen.put("reason", job.failureReason() != null).put("metadata", job.metadata().toString());
    seen.put("submitted", job.times().submittedAt() != null);
    seen.put("started", job.times().startAt() != null);
    seen.put("ended", job.times().endAt() != null).put("owner", job.userHash());
    ArrayNode known = seen.putArray("launchesKnown");
    client.launchesKnown(name).forEach(launch -> known.add(launch.state().name()));
    seen.put("launchesUnderWay", client.launchesUnderWay(name).size());
    seen.put("foundByName", client.queue(QueueQuery.ofName(name)).named(name).size());
    client.cancelJobs(List.of(id));
    seen.set("log", log(client, LogQuery.following(id)));
    seen.set("logUntilNow", log(client, LogQuery.untilNow(id).withTail(1)));
    return seen;
  }

  private static JsonNode refused(SkyPilotClient client) {
    return Failures.of(
        () -> client.awaitLaunch(client.submitLaunch("resources: {gpus: 3}\nrun: x\n", "x")));
  }

  private static JsonNode cancelNothing(SkyPilotClient client) {
    return Failures.of(() -> client.cancelJobs(List.of(NO_JOB)));
  }

  private static JsonNode log(SkyPilotClient client, LogQuery query) {
    try (LogStream log = client.streamLogs(query)) {
      log.forEachLine(line -> {});
      return Server.MAPPER.createObjectNode().put("exitCode", log.exitCode().orElse(-1));
    }
  }

  private static JsonNode everyStatus(SkyPilotClient client) {
    // The first jobs of the queue have every status among them.
    List<Long> ids =
        LongStream.range(FullQueue.FIRST_ID, FullQueue.FIRST_ID + 100L).boxed().toList();
    Map<String, String> records = new TreeMap<>();
    client.queue(QueueQuery.ofJobs(ids)).jobs().stream()
        .filter(job -> !records.containsKey(job.status().name()))
        .forEach(job -> records.put(job.status().name(), withoutSchedule(job)));
    return Server.MAPPER.valueToTree(records);
  }

  /** Nobody leads these jobs, and what a scheduler says of such a one is its own affair. */
  private static String withoutSchedule(JobRecord job) {
    return job.toString().replaceFirst("scheduleState=[A-Z_]+, ", "");
  }

  private static JsonNode inPages(SkyPilotClient client) {
    Set<Long> unfinished = new HashSet<>();
    Map<String, Integer> statuses = new TreeMap<>();
    int pages = FullQueue.JOBS / PAGE;
    IntStream.rangeClosed(1, pages)
        .mapToObj(page -> client.queue(QueueQuery.unfinished(page, PAGE)))
        .flatMap(page -> page.jobs().stream())
        .filter(job -> job.jobId() >= FullQueue.FIRST_ID)
        .filter(job -> job.jobName() != null && job.jobName().startsWith(FullQueue.NAME))
        .forEach(
            job -> {
              if (unfinished.add(job.jobId())) {
                statuses.merge(job.status().name(), 1, Integer::sum);
              }
            });
    QueuePage running =
        client.queue(
            QueueQuery.ofName(FullQueue.NAME).withStatuses(List.of("RUNNING")).withPage(1, 10));
    ObjectNode seen = Server.MAPPER.createObjectNode().put("unfinished", unfinished.size());
    seen.set("statuses", Server.MAPPER.valueToTree(statuses));
    seen.put("running", running.total()).put("shown", running.jobs().size());
    seen.set("counts", Server.MAPPER.valueToTree(new TreeMap<>(running.statusCounts())));
    return seen.put("unreadable", running.unreadable());
  }

  private static JsonNode restarted(Server server) {
    String name = JobCases.newName();
    ObjectNode seen = Server.MAPPER.createObjectNode();
    RequestId request;
    try (SkyPilotClient client = server.client()) {
      request = client.submitLaunch(task(name), name);
      awaitEnd(client, client.awaitLaunch(request).jobId().orElseThrow());
    }
    server.host().restart();
    try (SkyPilotClient client = server.client()) {
      seen.set("oldRequest", Failures.of(() -> client.awaitLaunch(request)));
      seen.put("launchesKnown", client.launchesKnown(name).size());
      seen.put("jobs", client.queue(QueueQuery.ofName(name)).named(name).size());
      return seen.put("healthy", client.health().isHealthy());
    }
  }

  private static String task(String name) {
    return "name: %s\nresources: {infra: vsphere}\n_metadata: {wrinklefree_run_id: run-1}\napi_server_access: false\nrun: echo hello\n"
        .formatted(name);
  }

  private static JobRecord awaitEnd(SkyPilotClient client, long id) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> client.queue(QueueQuery.ofJobs(List.of(id))).jobs().getFirst(),
            job -> job.status().isTerminal());
  }
}
