package dev.wrinklefree.skypilot.script;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real HTTP server on a free port. Each path has a list of answers, given in order; the last one
 * is repeated. What has no script is a 404.
 */
public final class ScriptedServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Script(List<Answer> answers, AtomicInteger given) {
    Answer next() {
      return answers.get(Math.min(given.getAndIncrement(), answers.size() - 1));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public ScriptedServer on(String path, Answer... answers) {
    scripts.put(path, new Script(List.of(answers), new AtomicInteger()));
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Settings with waits that suit a test. */
  public SkyPilotSettings settings() {
    return SkyPilotSettings.of(uri(), new UserIdentity("ab12cd34", "launch-service"))
        .withTimeouts(
            new Timeouts(
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2)))
        .withBackoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), 3));
  }

  public SkyPilotClient client() {
    return new SkyPilotClient(settings());
  }

  /** All requests to a path, in order. */
  public List<SeenRequest> seen(String path) {
    return seen.stream().filter(request -> path(request.uri()).equals(path)).toList();
  }

  /** Opens when the server stops: what an answer that never comes waits for. */
  public CountDownLatch stopped() {
    return stopped;
  }

  @Override
  public void close() {
    stopped.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    byte[] body = exchange.getRequestBody().readAllBytes();
    seen.add(
        new SeenRequest(
            exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), MAPPER.readTree(body)));
    Script script = scripts.get(path(uri));
    Answer answer = script == null ? Answer.json(404, "{\"detail\":\"Not Found\"}") : script.next();
    answer.give(exchange);
  }

  private static String path(String uri) {
    return URI.create(uri).getPath();
  }
}
