package dev.wrinklefree.monitor.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.contract.value.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the queue and log parts of SkyPilot's protocol, with rows and faults that a test sets:
 * what the stand-in, which really runs jobs, cannot be made to say.
 */
public final class ScriptedSkyPilot implements AutoCloseable {

  /** How the queue answers. */
  public enum Mode {
    /** As the rows are. */
    WELL,
    /** HTTP 503. */
    UNAVAILABLE,
    /** The request raises what SkyPilot raises while its controller is stopped. */
    CONTROLLER_DOWN,
    /** The first page comes, others raise. */
    ONLY_FIRST_PAGE,
    /** Only reads of certain jobs raise. */
    NO_TARGETED_READS
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REQUEST_ID = "X-Skypilot-Request-ID";

  private final HttpServer http;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentSkipListMap<Long, ObjectNode> rows = new ConcurrentSkipListMap<>();
  private final Map<String, String> results = new ConcurrentHashMap<>();
  private final AtomicInteger queueReads = new AtomicInteger();
  private volatile Mode mode = Mode.WELL;
  private volatile int logRefusal;
  private volatile CountDownLatch logClosed = new CountDownLatch(1);
  private volatile CountDownLatch logAsked = new CountDownLatch(1);
  private volatile CountDownLatch logMayOpen = new CountDownLatch(0);

  /** Binds any free port and serves. */
  public ScriptedSkyPilot() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(calls);
    http.createContext("/jobs/queue/v2", this::queue);
    http.createContext("/jobs/logs", this::endlessLog);
    http.createContext("/api/get", this::result);
    http.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Changes how the queue answers from now on. */
  public void become(Mode newMode) {
    mode = newMode;
  }

  /** A row of a run's job; absent times are left out. */
  public static ObjectNode row(RunId run, long jobId, String status) {
    ObjectNode row =
        MAPPER
            .createObjectNode()
            .put("job_id", jobId)
            .put("task_id", 0)
            .put("job_name", run.value())
            .put("status", status)
            .put("recovery_count", 0)
            .put("resources", "1x[L4:1][Spot]")
            .put("cloud", "GCP")
            .put("region", "us-central1")
            .put("cluster_resources", "1x[spot](gpus=L4:1, g2-standard-8, ...)");
    row.putObject("accelerators").put("L4", 1);
    row.putObject("metadata").put("wrinklefree_run_id", run.value());
    return row;
  }

  /** SkyPilot's form of a time. */
  public static double epoch(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  /** Puts a row in the queue, in place of the one of that job. */
  public void put(ObjectNode row) {
    rows.put(row.get("job_id").longValue(), row);
  }

  /** Takes a job out of the table, as a controller that was torn down does. */
  public void remove(long jobId) {
    rows.remove(jobId);
  }

  /** How many queue requests came so far. */
  public int queueReads() {
    return queueReads.get();
  }

  /** Answers requests for logs with that HTTP status; 0 serves them again. */
  public void refuseLogs(int status) {
    logRefusal = status;
  }

  /**
   * The next log opens only when the latch that is given back is released, and has no line; call
   * before the log is opened.
   *
   * @param asked released when the log was asked for
   */
  public CountDownLatch holdNextLog(CountDownLatch asked) {
    logAsked = asked;
    logMayOpen = new CountDownLatch(1);
    return logMayOpen;
  }

  /** Released when the reader of the log has gone; call before the log is opened. */
  public CountDownLatch nextLogClosed() {
    logClosed = new CountDownLatch(1);
    return logClosed;
  }

  @Override
  public void close() {
    http.stop(0);
    calls.shutdownNow();
  }

  private void queue(HttpExchange exchange) throws IOException {
    queueReads.incrementAndGet();
    JsonNode body = MAPPER.readTree(exchange.getRequestBody());
    if (mode == Mode.UNAVAILABLE) {
      answer(exchange, 503, "{\"detail\":\"Server is shutting down, please try again later.\"}");
      return;
    }
    String id = UUID.randomUUID().toString();
    results.put(id, payload(id, body));
    exchange.getResponseHeaders().set(REQUEST_ID, id);
    answer(exchange, 200, "null");
  }

  private String payload(String id, JsonNode body) throws JsonProcessingException {
    boolean targeted = body.path("job_ids").size() > 0;
    int page = body.path("page").asInt(1);
    boolean fails =
        mode == Mode.CONTROLLER_DOWN
            || (mode == Mode.NO_TARGETED_READS && targeted)
            || (mode == Mode.ONLY_FIRST_PAGE && (targeted || page > 1));
    ObjectNode payload = MAPPER.createObjectNode().put("request_id", id);
    if (fails) {
      ObjectNode error =
          MAPPER
              .createObjectNode()
              .put("type", "ClusterNotUpError")
              .put("message", "No in-progress managed jobs.");
      return payload
          .put("status", "FAILED")
          .put("return_value", "null")
          .put("error", MAPPER.writeValueAsString(error))
          .toString();
    }
    return payload
        .put("status", "SUCCEEDED")
        .put("return_value", MAPPER.writeValueAsString(answer(body, page)))
        .put("error", "null")
        .toString();
  }

  private ObjectNode answer(JsonNode body, int page) {
    ArrayNode selected = MAPPER.createArrayNode();
    int limit = body.path("limit").asInt(Integer.MAX_VALUE);
    rows.descendingMap().values().stream()
        .filter(row -> !body.path("skip_finished").asBoolean() || !isTerminal(row))
        .filter(row -> body.path("job_ids").isEmpty() || contains(body.path("job_ids"), row))
        .skip((page - 1L) * limit)
        .limit(limit)
        .forEach(selected::add);
    ObjectNode answer = MAPPER.createObjectNode().put("total", selected.size());
    answer.put("total_no_filter", rows.size()).putObject("status_counts");
    answer.set("jobs", selected);
    return answer;
  }

  private static boolean isTerminal(ObjectNode row) {
    String status = row.get("status").textValue();
    return status.startsWith("FAILED") || status.equals("SUCCEEDED") || status.equals("CANCELLED");
  }

  private static boolean contains(JsonNode ids, ObjectNode row) {
    for (JsonNode id : ids) {
      if (id.longValue() == row.get("job_id").longValue()) {
        return true;
      }
    }
    return false;
  }

  private void result(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    @Nullable String payload = results.remove(query.substring("request_id=".length()));
    if (payload == null) {
      answer(exchange, 404, "{\"detail\":\"Request not found\"}");
    } else if (payload.contains("\"FAILED\"")) {
      answer(exchange, 500, "{\"detail\":" + payload + "}");
    } else {
      answer(exchange, 200, payload);
    }
  }

  /**
   * One line, then nothing but heartbeats: their failing is the only sign of a reader that left.
   */
  private void endlessLog(HttpExchange exchange) throws IOException {
    CountDownLatch closed = logClosed;
    exchange.getRequestBody().readAllBytes();
    if (logRefusal != 0) {
      answer(exchange, logRefusal, "{\"detail\":\"not now\"}");
      return;
    }
    boolean held = logMayOpen.getCount() > 0;
    logAsked.countDown();
    try {
      logMayOpen.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.getResponseHeaders().set(REQUEST_ID, UUID.randomUUID().toString());
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!held) {
        out.write("(task, pid=1) first line\n".getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      while (!Thread.currentThread().isInterrupted()) {
        out.write(
            "<sky-payload>\"<heartbeat></heartbeat>\"</sky-payload>\n"
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.countDown();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
