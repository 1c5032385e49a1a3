package dev.wrinklefree.launch.world;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** The connection breaks, and the request reaches the server only when it is let through. */
    ARRIVE_LATE,
    /** The request reaches the server, and its answer comes when it is let through. */
    ANSWER_LATE,
    /** The server says that it has no room just now. */
    BUSY,
    /** The server does not know who we are. */
    REFUSE_CREDENTIALS,
    /** The server finds the task invalid. */
    REFUSE
  }

  /** Headers that belong to one connection and are not forwarded. */
  private static final Predicate<String> FORWARDED =
      name ->
          !Set.of("connection", "host", "content-length", "upgrade", "http2-settings")
              .contains(name.toLowerCase(Locale.ROOT));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Planned(String jobName, Mishap mishap) {}

  private volatile URI upstream;
  private volatile boolean lacksJobs;
  private final Set<Planned> standing = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Set<String> launchesInFlight = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicInteger launches = new AtomicInteger();
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

  /** Leads to another server from now on. */
  public void leadTo(URI server) {
    upstream = server;
  }

  /** Whether the queue that it shows lacks all jobs. */
  public void lackJobs(boolean lacking) {
    lacksJobs = lacking;
  }

  /** Lets what was held back of the job of that name through; waits for it if need be. */
  public void letThrough(String jobName) {
    held(jobName).countDown();
  }

  /** Most launch requests that were under way at once: sent, and their result not yet given. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** Launch requests that came by. */
  public int launches() {
    return launches.get();
  }

  /** Has a mishap befall every launch of the job of that name, or ends that. */
  public void plan(String jobName, Mishap mishap, boolean always) {
    if (always) {
      standing.add(new Planned(jobName, mishap));
    } else {
      standing.remove(new Planned(jobName, mishap));
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
        case null -> answer(exchange, counted(exchange, body));
        case LOSE_REQUEST -> {}
        case LOSE_ANSWER -> forward(exchange, body);
        case LOSE_ANSWER_AND_GO_DOWN -> {
          forward(exchange, body);
          down();
        }
        case ARRIVE_LATE -> forwardWhenLetThrough(exchange, body);
        case ANSWER_LATE -> {
          HttpResponse<byte[]> response = forward(exchange, body);
          held(jobName(body)).await();
          answer(exchange, response);
        }
        case REFUSE_CREDENTIALS ->
            answer(exchange, 401, "{\"detail\":\"Service account token has expired\"}");
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
    launches.incrementAndGet();
    String name = jobName(body);
    for (Planned plan : planned) {
      if (name.equals(plan.jobName()) && planned.remove(plan)) {
        return plan.mishap();
      }
    }
    return standing.stream()
        .filter(plan -> name.equals(plan.jobName()))
        .map(Planned::mishap)
        .findFirst()
        .orElse(null);
  }

  private static String jobName(byte[] body) {
    try {
      return MAPPER.readTree(body).path("name").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CountDownLatch held(String jobName) {
    return held.computeIfAbsent(jobName, name -> new CountDownLatch(1));
  }

  private void forwardWhenLetThrough(HttpExchange exchange, byte[] body) {
    HttpRequest request = upstreamRequest(exchange, body);
    calls.execute(
        () -> {
          try {
            held(jobName(body)).await();
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Forwards, and counts the launch requests that are under way. */
  private HttpResponse<byte[]> counted(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/api/get")) {
      HttpResponse<byte[]> response = forward(exchange, body);
      launchesInFlight.removeIf(id -> exchange.getRequestURI().getQuery().endsWith(id));
      return response;
    }
    if (!path.equals("/jobs/launch")) {
      return forward(exchange, path.equals("/jobs/queue/v2") && lacksJobs ? none(body) : body);
    }
    String sending = UUID.randomUUID().toString();
    launchesInFlight.add(sending);
    mostInFlight.accumulateAndGet(launchesInFlight.size(), Math::max);
    HttpResponse<byte[]> response = forward(exchange, body);
    launchesInFlight.add(response.headers().firstValue("X-Skypilot-Request-ID").orElseThrow());
    launchesInFlight.remove(sending);
    return response;
  }

  /** A query of the queue that no job matches. */
  private static byte[] none(byte[] body) {
    String query = new String(body, StandardCharsets.UTF_8);
    return query.replaceFirst("\\}$", ",\"statuses\":[\"NONE\"]}").getBytes(StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    return client.send(upstreamRequest(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest upstreamRequest(HttpExchange exchange, byte[] body) {
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
    return request.build();
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
