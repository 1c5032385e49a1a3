package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.sandbox.skypilot.catalog.PriceCatalog;
import dev.wrinklefree.sandbox.skypilot.job.JobTable;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import dev.wrinklefree.sandbox.skypilot.task.OfferBook;
import dev.wrinklefree.sandbox.skypilot.task.Preflight;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in of the SkyPilot API server (release 0.13, API number 55, held to what a real 0.14.1
 * does) that speaks its HTTP contract and really runs managed jobs, as processes of this machine.
 *
 * <p>What it has: {@code /api/health|get|status|cancel}, {@code /jobs/launch|queue|queue/v2|cancel|
 * logs}, {@code /enabled_clouds}, {@code /list_accelerators} and {@code /validate}; every other
 * path is 404. Jobs have one task on one node without files to upload. Its own control is under
 * {@code /sandbox/}.
 *
 * <p>Jobs survive a restart on the same state directory, requests do not. All processes of jobs end
 * with the server, also when its JVM is killed.
 */
public final class SkyPilotServer implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(SkyPilotServer.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REQUEST_ID = "X-SkyPilot-Request-ID";
  private static final long DRAIN_SECONDS = 2;

  private final SkyPilotSettings settings;
  private final InstantSource clock;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private volatile State state = new Stopped();

  private sealed interface State {}

  private record Stopped() implements State {}

  private record Started(
      HttpServer http, RequestTable requests, JobTable jobs, Router router, LogStream logs)
      implements State {}

  /**
   * @param settings what it is started with
   */
  public SkyPilotServer(SkyPilotSettings settings) {
    this(settings, InstantSource.system());
  }

  /**
   * @param settings what it is started with
   * @param clock tells the times in records
   */
  public SkyPilotServer(SkyPilotSettings settings, InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Binds the port, takes up the jobs of the state directory and serves.
   *
   * @return this
   * @throws IOException if the port cannot be bound; the message names it
   * @throws IllegalStateException if it was started before
   */
  public synchronized SkyPilotServer start() throws IOException {
    if (state instanceof Started || calls.isShutdown()) {
      throw new IllegalStateException("the server was started before");
    }
    HttpServer http = bind();
    RequestTable requests = new RequestTable(clock);
    OfferBook offers = OfferBook.load();
    JobTable jobs =
        new JobTable(
            settings.stateDirectory(),
            clock,
            new Preflight(offers),
            settings.jobVariables(),
            settings.secrets(),
            settings.timings(),
            settings.program());
    Router router =
        new Router(
            settings.authentication(),
            requests,
            new JobsApi(jobs, requests, clock, settings.timings().submission()),
            new CatalogApi(PriceCatalog.load(), requests),
            new CloudsApi(offers.clouds(), requests),
            new SandboxApi(jobs, clock));
    Started started =
        new Started(
            http, requests, jobs, router, new LogStream(jobs, requests, settings.heartbeat()));
    http.createContext("/", exchange -> handle(started, exchange));
    http.setExecutor(calls);
    http.start();
    state = started;
    LOGGER.atInfo().addKeyValue("endpoint", endpoint()).log("SkyPilot stand-in is up");
    return this;
  }

  private HttpServer bind() throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
    } catch (BindException e) {
      throw new IOException(
          "SkyPilot port %d on %s cannot be bound: %s"
              .formatted(settings.port(), settings.host(), e.getMessage()),
          e);
    }
  }

  /**
   * Where it listens, such as {@code http://127.0.0.1:46580}.
   *
   * @throws IllegalStateException if it is not started
   */
  public URI endpoint() {
    return switch (state) {
      case Started started ->
          URI.create(
              "http://%s:%d".formatted(settings.host(), started.http().getAddress().getPort()));
      case Stopped stopped -> throw new IllegalStateException("the server is not started");
    };
  }

  /** Ends streams with a retry line, kills all processes of jobs and frees the port. */
  @Override
  public synchronized void close() {
    switch (state) {
      case Stopped stopped -> {}
      case Started started -> {
        state = new Stopped();
        started.requests().close();
        calls.shutdown();
        try {
          if (!calls.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            LOGGER.warn("Calls are cut off");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        started.http().stop(0);
        started.jobs().close();
      }
    }
  }

  private static void handle(Started started, HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpCall call =
          new HttpCall(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestURI().getRawQuery(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      Gate.ClientVersion version = Gate.versionOf(call);
      exchange.getResponseHeaders().set(REQUEST_ID, UUID.randomUUID().toString());
      if (version instanceof Gate.ClientVersion.Known) {
        exchange
            .getResponseHeaders()
            .set(ApiVersion.NUMBER_HEADER, Integer.toString(ApiVersion.NUMBER));
        exchange.getResponseHeaders().set(ApiVersion.RELEASE_HEADER, ApiVersion.RELEASE);
      }
      send(started, exchange, started.router().answer(call, version));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Started started, HttpExchange exchange, HttpAnswer answer)
      throws IOException, InterruptedException {
    switch (answer) {
      case HttpAnswer.Json json ->
          send(
              exchange,
              json.status(),
              "application/json",
              MAPPER.writeValueAsBytes(json.body()),
              json.headers());
      case HttpAnswer.Text text -> {
        // What fails past the server's own handlers comes without its headers.
        List.of(REQUEST_ID, ApiVersion.NUMBER_HEADER, ApiVersion.RELEASE_HEADER)
            .forEach(exchange.getResponseHeaders()::remove);
        send(
            exchange,
            text.status(),
            "text/plain; charset=utf-8",
            text.body().getBytes(StandardCharsets.UTF_8),
            Map.of());
      }
      case HttpAnswer.Accepted accepted ->
          send(
              exchange,
              200,
              "application/json",
              "null".getBytes(StandardCharsets.UTF_8),
              Map.of(REQUEST_ID, accepted.request().id()));
      case HttpAnswer.Stream stream -> {
        exchange.getResponseHeaders().set(REQUEST_ID, stream.request().id());
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        started.logs().write(stream, body);
      }
    }
  }

  private static void send(
      HttpExchange exchange,
      int status,
      String contentType,
      byte[] body,
      Map<String, String> headers)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
