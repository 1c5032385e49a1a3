package dev.wrinklefree.conformance.skypilot;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.runAsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Jobs of one launch each, watched from their launches to their ends. */
final class Runs {

  static final String SUCCEEDS = "succeeds";
  static final String FAILS = "fails";
  static final String FAILS_SETUP = "fails-setup";
  static final String CANCELLED_STARTING = "cancelled-starting";
  static final String CANCELLED_RUNNING = "cancelled-running";

  private static final Logger LOGGER = System.getLogger(Runs.class.getName());

  /** A real machine is there after a minute, and gone after half of one. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Exit code of the log of a job that failed; those above it are of jobs that did not finish. */
  private static final int FAILED = 100;

  /** Each lasts long enough to be seen running, however busy the machine is. */
  private static final Map<String, String> SCRIPTS =
      Map.of(
          SUCCEEDS, "run: |\n  echo one\n  echo two >&2\n  sleep 2\n",
          FAILS, "run: |\n  echo one\n  sleep 2\n  exit 7\n",
          FAILS_SETUP, "setup: |\n  echo zero\n  sleep 2\n  exit 3\nrun: echo one\n",
          CANCELLED_STARTING, "run: sleep 600\n",
          CANCELLED_RUNNING, "run: |\n  echo one\n  sleep 600\n");

  private final Server server;
  private final String prefix = JobCases.newName() + "-";
  private final Map<String, Map<String, Long>> statuses = new HashMap<>();
  private final Map<String, JsonNode> last = new HashMap<>();
  private final Map<String, Long> cancels = new HashMap<>();
  private final CompletableFuture<Void> somethingPrinted = new CompletableFuture<>();
  private CompletableFuture<JsonNode> followed = new CompletableFuture<>();

  private Runs(Server server) {
    this.server = server;
  }

  /** Runs them all, which takes as long as the longest. */
  static Runs of(Server server) {
    Runs runs = new Runs(server);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> launches =
          SCRIPTS.entrySet().stream()
              .map(e -> runAsync(() -> runs.launch(e.getKey(), e.getValue()), threads))
              .toList();
      runs.watch(launches, threads);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return runs;
  }

  /** The statuses it was seen in, in order. */
  List<String> statuses(String name) {
    return List.copyOf(requireNonNull(statuses.get(name), name).keySet());
  }

  /** Its record at the end. */
  JsonNode last(String name) {
    return requireNonNull(last.get(name), name);
  }

  /** What our client read of a log until the job was cancelled. */
  JsonNode followed() {
    return followed.join();
  }

  private void launch(String name, String script) {
    String yaml =
        "name: %s\nresources: {cpus: 1+}\n_metadata: {wrinklefree_run_id: run-1}\napi_server_access: false\n%s"
            .formatted(prefix + name, script);
    server.value("/jobs/launch", Server.body().put("task", yaml).put("name", prefix + name));
  }

  private void watch(List<CompletableFuture<Void>> launches, ExecutorService readers)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (last.size() < SCRIPTS.size()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not over: " + statuses);
      }
      launches.stream()
          .filter(CompletableFuture::isCompletedExceptionally)
          .forEach(CompletableFuture::join);
      ObjectNode question = Server.body().put("all_users", true).put("name_match", prefix);
      server.value("/jobs/queue/v2", question).path("jobs").forEach(job -> see(job, readers));
      Thread.sleep(server.host().glance());
    }
  }

  private void see(JsonNode job, ExecutorService readers) {
    String name = job.path("job_name").asText().substring(prefix.length());
    String status = job.path("status").asText();
    Map<String, Long> known = statuses.computeIfAbsent(name, n -> new LinkedHashMap<>());
    boolean isNew = known.putIfAbsent(status, System.nanoTime()) == null;
    long id = job.path("job_id").asLong();
    if (name.equals(CANCELLED_STARTING) && status.equals("STARTING") && isNew) {
      cancel(name, id);
    } else if (name.equals(CANCELLED_RUNNING) && status.equals("RUNNING")) {
      if (isNew) {
        followed = CompletableFuture.supplyAsync(() -> follow(id), readers);
      }
      if ((somethingPrinted.isDone() || followed.isDone()) && !cancels.containsKey(name)) {
        cancel(name, id);
      }
    }
    if (JobCases.ENDED.contains(status) && last.put(name, job) == null) {
      tellTimes(name, known);
    }
  }

  private void cancel(String name, long id) {
    cancels.put(name, System.nanoTime());
    ObjectNode body = Server.body();
    body.putArray("job_ids").add(id);
    server.value("/jobs/cancel", body);
  }

  /** For who wants to know how long a cancel takes; on a busy machine it takes longer. */
  private void tellTimes(String name, Map<String, Long> known) {
    if (cancels.containsKey(name)) {
      known.forEach(
          (status, at) ->
              LOGGER.log(
                  Level.INFO,
                  "{0}: {1} was seen {2} ms after it was asked to be cancelled",
                  name,
                  status,
                  Long.toString((at - cancels.get(name)) / 1_000_000)));
    }
  }

  private JsonNode follow(long id) {
    ObjectNode seen = Server.MAPPER.createObjectNode();
    ArrayNode printed = seen.putArray("printed");
    try (SkyPilotClient client = server.client();
        LogStream log = client.streamLogs(LogQuery.following(id))) {
      log.forEachLine(
          line ->
              Stream.of(RunCases.printed(line))
                  .filter(text -> !text.isEmpty())
                  .forEach(
                      text -> {
                        printed.add(text);
                        somethingPrinted.complete(null);
                      }));
      // The real server's stream ends as soon as the job does: 101, or 103 once that is written.
      return seen.put("saysItDidNotFinish", log.exitCode().orElse(-1) > FAILED);
    }
  }
}
