package dev.wrinklefree.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.bench.jobs.QueueFill.Phase;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.queue.QueueQuery;
import dev.wrinklefree.sandbox.skypilot.queue.QueueRows;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A job queue that answers from memory: {@code /jobs/queue/v2} and {@code /api/get} in the format
 * of the sandbox's server, each different answer made once; and {@code /jobs/launch}, by which a
 * run of the queue gets the job that it has already. A real server takes seconds, beside which no
 * client is slow; this one shows what the client itself costs.
 *
 * <p>It has two addresses, so that one client can be held while the other is measured.
 */
public final class PreparedQueue implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REQUEST_ID = "X-SkyPilot-Request-ID";
  private static final String LAUNCH = "launch ";
  private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

  private final QueueFill fill;
  private final HttpServer http;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Door door = new Door();
  private final Map<String, String> asked = new ConcurrentHashMap<>();
  private final AtomicInteger newcomers = new AtomicInteger();
  private volatile Rows rows;
  private int recoveries;

  /** One state of the queue with the answers that were made of it. */
  private record Rows(List<ManagedJob> jobs, Map<String, byte[]> answers) {}

  private PreparedQueue(QueueFill fill, HttpServer http) {
    this.fill = fill;
    this.http = http;
    this.rows = rows(Phase.RUNNING);
  }

  /** Starts it on a free port; all unfinished jobs run. */
  public static PreparedQueue start(QueueFill fill) throws IOException {
    // Or headers and body wait 40 ms for each other, which no client can help; SkyPilot's do not.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PreparedQueue queue = new PreparedQueue(fill, http);
    http.createContext("/", exchange -> queue.handle(exchange, ""));
    http.createContext("/watch/", exchange -> queue.handle(exchange, "/watch"));
    http.setExecutor(queue.calls);
    http.start();
    return queue;
  }

  /** Where nobody is held. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Where {@link #door} stands before the first page of each reading. */
  URI watched() {
    return endpoint().resolve("/watch");
  }

  /** Counts and holds whoever reads at {@link #watched}. */
  Door door() {
    return door;
  }

  /** Puts all running jobs into another state at once, and prepares the answers. */
  void change(Phase phase) {
    if (phase == Phase.RUNNING) {
      recoveries++;
    }
    Rows next = rows(phase);
    rows.answers().keySet().forEach(question -> answer(next, question));
    rows = next;
  }

  @Override
  public void close() {
    http.stop(0);
    calls.shutdownNow();
  }

  private Rows rows(Phase phase) {
    List<ManagedJob> jobs =
        fill.rows(phase, recoveries).map(row -> QueueRows.read(row, fill.at())).toList();
    return new Rows(jobs, new ConcurrentHashMap<>());
  }

  private void handle(HttpExchange exchange, String prefix) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(prefix.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = UUID.randomUUID().toString();
      switch (path) {
        case "/jobs/queue/v2" -> {
          String question = question(body);
          if (!prefix.isEmpty() && question.contains("\"page\":1,")) {
            door.pass();
          }
          asked.put(id, question);
          send(exchange, id, 200, NULL);
        }
        case "/jobs/launch" -> {
          asked.put(id, LAUNCH + MAPPER.readTree(body).path("name").asText());
          send(exchange, id, 200, NULL);
        }
        case "/api/status" -> send(exchange, id, 200, "[]".getBytes(StandardCharsets.UTF_8));
        case "/api/get" -> {
          String query = exchange.getRequestURI().getQuery();
          String question = asked.remove(query.substring(query.indexOf('=') + 1));
          send(exchange, id, question == null ? 404 : 200, answerTo(question));
        }
        default -> send(exchange, id, 404, NULL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] answerTo(@Nullable String question) throws IOException {
    if (question == null) {
      return NULL;
    }
    return question.startsWith(LAUNCH)
        ? launched(question.substring(LAUNCH.length()))
        : answer(rows, question);
  }

  /** The job of that name; a new number for a name that is not in the queue. */
  private byte[] launched(String name) throws IOException {
    int job =
        rows.jobs().stream()
            .filter(candidate -> candidate.submission().jobName().equals(name))
            .map(ManagedJob::jobId)
            .findFirst()
            .orElseGet(() -> fill.jobs() + newcomers.incrementAndGet());
    return MAPPER.writeValueAsBytes(
        payload("{\"job_id\":[%d],\"handle\":\"gAROLg==\"}".formatted(job)));
  }

  /** What makes a difference to the answer. */
  private static String question(String body) throws IOException {
    ObjectNode asked = (ObjectNode) MAPPER.readTree(body);
    return asked
        .retain("skip_finished", "name_match", "page", "limit", "fields", "job_ids")
        .toString();
  }

  private static byte[] answer(Rows rows, String question) {
    return rows.answers().computeIfAbsent(question, key -> made(rows.jobs(), key));
  }

  private static byte[] made(List<ManagedJob> jobs, String question) {
    try {
      JsonNode asked = MAPPER.readTree(question);
      List<String> fields = new ArrayList<>();
      asked.path("fields").forEach(field -> fields.add(field.textValue()));
      ObjectNode answer =
          new QueueQuery(
                  "",
                  true,
                  asked.path("skip_finished").asBoolean(),
                  ids(asked.path("job_ids")),
                  null,
                  null,
                  asked.path("name_match").textValue(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  false,
                  integer(asked.path("page")),
                  integer(asked.path("limit")),
                  fields)
              .answer(jobs, jobs.getFirst().submission().createdAt());
      if (fields.contains("cloud")) {
        answer.path("jobs").forEach(row -> place((ObjectNode) row));
      }
      return MAPPER.writeValueAsBytes(payload(answer.toString()));
    } catch (IOException e) {
      throw new IllegalStateException("an answer cannot be made", e);
    }
  }

  /** Jobs of rows have no machines; these have some, or they would be asked for in every round. */
  private static void place(ObjectNode row) {
    row.put("cloud", "GCP")
        .put("region", "us-central1")
        .put("zone", "us-central1-a")
        .put("cluster_resources", "1x[spot](gpus=A100:8, a2-highgpu-8g, ...)")
        .putObject("accelerators")
        .put("A100", 8);
  }

  /** A request that has ended, as {@code /api/get} tells it: the value is JSON in a string. */
  private static ObjectNode payload(String value) {
    return MAPPER
        .createObjectNode()
        .put("request_id", UUID.randomUUID().toString())
        .put("name", "sky.jobs.queue_v2")
        .put("entrypoint", "gAROLg==")
        .put("request_body", "gAROLg==")
        .put("status", "SUCCEEDED")
        .put("created_at", 1.0)
        .put("user_id", "wrinklefree")
        .put("return_value", value)
        .put("error", "null")
        .put("pid", 1)
        .put("schedule_type", "short")
        .putNull("user_name")
        .put("cluster_name", "sky-jobs-controller")
        .putNull("status_msg")
        .put("should_retry", false)
        .put("finished_at", 1.0)
        .putNull("file_mounts_blob_id");
  }

  private static @Nullable List<Integer> ids(JsonNode array) {
    if (!(array instanceof ArrayNode)) {
      return null;
    }
    List<Integer> ids = new ArrayList<>();
    array.forEach(id -> ids.add(id.intValue()));
    return ids;
  }

  private static @Nullable Integer integer(JsonNode value) {
    return value.isInt() ? value.intValue() : null;
  }

  private static void send(HttpExchange exchange, String id, int status, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set(REQUEST_ID, id);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
