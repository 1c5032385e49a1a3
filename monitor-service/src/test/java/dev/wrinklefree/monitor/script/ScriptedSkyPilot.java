package dev.wrinklefree.monitor.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
    NO_TARGETED_READS,
    /** The request raises what SkyPilot raises while its controller cannot be reached. */
    CONTROLLER_UNREACHABLE,
    /** Requests are taken, and their results answer HTTP 503 for ever, as after a restart. */
    RESULTS_UNAVAILABLE,
    /** HTTP 401: the token was revoked. */
    TOKEN_REVOKED,
    /** The server cannot validate its own answer, whatever is asked. */
    ALWAYS_INVALID
  }

  /** A service account's token; every call but that for health must bear it. */
  public static final String TOKEN = "viewer-of-a-test";

  /** What the role {@code viewer} may call, beside {@code /api/…}; SkyPilot since 2026-05. */
  private static final Set<String> VIEWER_PATHS =
      Set.of(
          "/status",
          "/queue",
          "/job_status",
          "/logs",
          "/cost_report",
          "/cluster_events",
          "/jobs/queue",
          "/jobs/queue/v2",
          "/jobs/wait",
          "/jobs/logs",
          "/jobs/download_logs",
          "/jobs/events",
          "/jobs/pool_status",
          "/jobs/pool_logs",
          "/endpoints",
          "/download");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CANCELLED =
      "{\"status\":\"SUCCEEDED\",\"return_value\":\"[]\",\"error\":\"null\"}";
  private static final String REQUEST_ID = "X-Skypilot-Request-ID";

  private final HttpServer http;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScriptedQueue queue = new ScriptedQueue();
  private final Set<String> allowedCalls = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedCalls = ConcurrentHashMap.newKeySet();
  private final AtomicInteger readsUnderWay = new AtomicInteger();
  private final AtomicInteger mostReadsAtOnce = new AtomicInteger();
  private volatile Duration answerTime = Duration.ZERO;
  private volatile Runnable afterAnswer = () -> {};
  private final Map<String, String> results = new ConcurrentHashMap<>();
  private final AtomicInteger queueReads = new AtomicInteger();
  private volatile Mode mode = Mode.WELL;
  private volatile int logRefusal;
  private volatile CountDownLatch logClosed = new CountDownLatch(1);
  private volatile CountDownLatch logAsked = new CountDownLatch(1);
  private volatile CountDownLatch logMayOpen = new CountDownLatch(0);
  private volatile CountDownLatch logInterrupted = new CountDownLatch(1);
  private final AtomicInteger logReads = new AtomicInteger();

  /** Binds any free port and serves. */
  public ScriptedSkyPilot() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(calls);
    http.createContext("/", this::admit);
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

  /** Answers to reads take that long from now on. */
  public void takeTime(Duration time) {
    answerTime = time;
    mostReadsAtOnce.set(0);
  }

  /** Reads that wait for their answers. */
  public int readsUnderWay() {
    return readsUnderWay.get();
  }

  /** The most reads that were waiting for their answers at the same time. */
  public int mostReadsAtOnce() {
    return mostReadsAtOnce.get();
  }

  /** Runs this after each answer to a read, so that the next page shifts. */
  public void afterEachAnswer(Runnable change) {
    afterAnswer = change;
  }

  /** Method and path of all calls so far that a viewer may make. */
  public Set<String> allowedCalls() {
    return Set.copyOf(allowedCalls);
  }

  /** Method and path of all calls so far that were refused to us. */
  public Set<String> refusedCalls() {
    return Set.copyOf(refusedCalls);
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
    queue.put(row);
  }

  /** Leaves that job out of every answer, which looks whole all the same. */
  public void lose(long jobId) {
    queue.lose(jobId);
  }

  /** Makes every answer an error that has that job in it and one of those fields. */
  public void breakRow(long jobId, Set<String> fields) {
    queue.breakRow(jobId, fields);
  }

  /** Loses and breaks no row any more. */
  public void mend() {
    queue.mend();
  }

  /** Forgets all jobs, as a controller that was torn down does. */
  public void restart() {
    queue.clear();
  }

  /** Takes a job out of the table, as a controller that was torn down does. */
  public void remove(long jobId) {
    queue.remove(jobId);
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

  /**
   * Ends the logs under way as a server that is restarted does: their readers are to come again.
   */
  public void interruptLogs() {
    CountDownLatch underWay = logInterrupted;
    logInterrupted = new CountDownLatch(1);
    underWay.countDown();
  }

  /** How many requests for logs came so far. */
  public int logReads() {
    return logReads.get();
  }

  @Override
  public void close() {
    http.stop(0);
    calls.shutdownNow();
  }

  /** Who bears the token is a viewer, and may do what a viewer may. */
  private void admit(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String call = exchange.getRequestMethod() + " " + path;
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (mode == Mode.TOKEN_REVOKED || !("Bearer " + TOKEN).equals(authorization)) {
      answer(exchange, 401, "{\"detail\":\"Service account token revoked or rotated\"}");
    } else if (!path.startsWith("/api/") && !VIEWER_PATHS.contains(path)) {
      refusedCalls.add(call);
      answer(exchange, 403, "{\"detail\":\"Forbidden\"}");
    } else {
      allowedCalls.add(call);
      switch (path) {
        case "/jobs/queue/v2" -> queue(exchange);
        case "/jobs/logs" -> endlessLog(exchange);
        case "/api/get" -> result(exchange);
        case "/api/cancel" -> accepted(exchange, CANCELLED);
        default -> answer(exchange, 404, "{\"detail\":\"Not Found\"}");
      }
    }
  }

  private void queue(HttpExchange exchange) throws IOException {
    queueReads.incrementAndGet();
    JsonNode body = MAPPER.readTree(exchange.getRequestBody());
    if (mode == Mode.UNAVAILABLE) {
      answer(exchange, 503, "{\"detail\":\"Server is shutting down, please try again later.\"}");
      return;
    }
    accepted(exchange, queue.payload(UUID.randomUUID().toString(), body, mode));
    afterAnswer.run();
  }

  private void accepted(HttpExchange exchange, String payload) throws IOException {
    String id = UUID.randomUUID().toString();
    results.put(id, payload);
    exchange.getResponseHeaders().set(REQUEST_ID, id);
    answer(exchange, 200, "null");
  }

  private void result(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    takeTime();
    @Nullable String payload = results.remove(query.substring("request_id=".length()));
    if (mode == Mode.RESULTS_UNAVAILABLE) {
      answer(exchange, 503, "{\"detail\":\"Request should be retried\"}");
    } else if (payload == null) {
      answer(exchange, 404, "{\"detail\":\"Request not found\"}");
    } else if (payload.contains("\"FAILED\"")) {
      answer(exchange, 500, "{\"detail\":" + payload + "}");
    } else {
      answer(exchange, 200, payload);
    }
  }

  private void takeTime() {
    mostReadsAtOnce.accumulateAndGet(readsUnderWay.incrementAndGet(), Math::max);
    try {
      Thread.sleep(answerTime);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      readsUnderWay.decrementAndGet();
    }
  }

  /**
   * One line, then nothing but heartbeats: their failing is the only sign of a reader that left.
   */
  private void endlessLog(HttpExchange exchange) throws IOException {
    logReads.incrementAndGet();
    CountDownLatch closed = logClosed;
    CountDownLatch interrupted = logInterrupted;
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
      do {
        out.write(payload("heartbeat"));
        out.flush();
      } while (!interrupted.await(20, TimeUnit.MILLISECONDS));
      out.write(payload("retry"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.countDown();
    }
  }

  private static byte[] payload(String word) {
    return "<sky-payload>\"<%1$s></%1$s>\"</sky-payload>\n"
        .formatted(word)
        .getBytes(StandardCharsets.UTF_8);
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
