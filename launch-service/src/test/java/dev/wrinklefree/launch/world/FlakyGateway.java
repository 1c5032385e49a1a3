package dev.wrinklefree.launch.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A reverse proxy in front of a SkyPilot server that can be down, and can lose what it carries. */
public final class FlakyGateway implements AutoCloseable {

  /** What befalls the next launch request of a run. */
  public enum Mishap {
    /** The request never reaches the server, and the connection breaks. */
    LOSE_REQUEST,
    /** The request reaches the server, and its answer is lost. */
    LOSE_ANSWER,
    /** The same, and then nothing listens any more. */
    LOSE_ANSWER_AND_GO_DOWN,
    /** The server says that it has no room just now. */
    BUSY,
    /** The server finds the task invalid. */
    REFUSE
  }

  /** Headers that belong to one connection and are not forwarded. */
  private static final Predicate<String> FORWARDED =
      name ->
          !Set.of("connection", "host", "content-length", "upgrade", "http2-settings")
              .contains(name.toLowerCase(Locale.ROOT));

  private record Planned(String jobName, Mishap mishap) {}

  private final URI upstream;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Planned> planned = ConcurrentHashMap.newKeySet();
  private final int port;
  private @Nullable HttpServer server;

  /** A gateway to that server, up, on a free port. */
  public FlakyGateway(URI upstream) throws IOException {
    this.upstream = upstream;
    HttpServer first = listen(0);
    this.port = first.getAddress().getPort();
    this.server = first;
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Nothing listens any more. */
  public synchronized void down() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Listens again. */
  public synchronized void up() {
    try {
      if (server == null) {
        server = listen(port);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plans a mishap for the next launch of the job of that name. */
  public void plan(String jobName, Mishap mishap) {
    planned.add(new Planned(jobName, mishap));
  }

  @Override
  public void close() {
    down();
    calls.shutdownNow();
    client.shutdownNow();
  }

  private HttpServer listen(int onPort) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
    listening.createContext("/", this::handle);
    listening.setExecutor(calls);
    listening.start();
    return listening;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (mishap(exchange, body)) {
        case null -> answer(exchange, forward(exchange, body));
        case LOSE_REQUEST -> {}
        case LOSE_ANSWER -> forward(exchange, body);
        case LOSE_ANSWER_AND_GO_DOWN -> {
          forward(exchange, body);
          down();
        }
        case BUSY -> answer(exchange, 503, "{\"detail\":\"no room\"}");
        case REFUSE ->
            answer(
                exchange,
                422,
                "{\"detail\":[{\"type\":\"value_error\",\"loc\":[\"body\",\"task\"],"
                    + "\"msg\":\"bad task\"}]}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Mishap mishap(HttpExchange exchange, byte[] body) {
    if (!exchange.getRequestURI().getPath().equals("/jobs/launch")) {
      return null;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    for (Planned plan : planned) {
      if (text.contains("\"name\":\"" + plan.jobName() + "\"") && planned.remove(plan)) {
        return plan.mishap();
      }
    }
    return null;
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (FORWARDED.test(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (FORWARDED.test(name) && !name.equalsIgnoreCase("transfer-encoding")) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
    exchange.getResponseBody().write(response.body());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
