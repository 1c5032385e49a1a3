package dev.wrinklefree.monitor.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the part of W&amp;B's GraphQL that the service asks, with runs and faults that a test
 * sets: what a stand-in that works cannot be made to say. Bodies are written as text, since W&amp;B
 * writes what no JSON library does.
 */
public final class ScriptedWandb implements AutoCloseable {

  /** The only key that it takes. */
  public static final String KEY = "local-key-of-a-test";

  /** Where runs are that name no entity. */
  public static final String ENTITY = "test-entity";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** An answer instead of the right one. */
  public record Fault(int status, String body, Map<String, String> headers) {

    /** That status, without a word. */
    public static Fault of(int status) {
      return new Fault(status, "", Map.of());
    }
  }

  /**
   * A run.
   *
   * @param summary JSON of the summary, as W&amp;B has it: not necessarily JSON
   */
  public record Run(
      String id, @Nullable String state, @Nullable String heartbeatAt, String summary) {}

  private final HttpServer http;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile @Nullable Fault fault;
  private volatile Map<String, String> headers = Map.of();

  /** Binds any free port and serves. */
  public ScriptedWandb() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(calls);
    http.createContext("/graphql", this::answer);
    http.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** From now on it has that run so. */
  public void put(Run run) {
    runs.put(run.id(), run);
  }

  /** From now on it answers so; null means rightly. */
  public void become(@Nullable Fault newFault) {
    fault = newFault;
  }

  /** Headers of right answers from now on. */
  public void head(Map<String, String> newHeaders) {
    headers = newHeaders;
  }

  /** The questions so far. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  /** The questions so far that name the run. */
  public List<JsonNode> askedFor(String id) {
    return asked.stream().filter(body -> filters(body).contains("\"" + id + "\"")).toList();
  }

  @Override
  public void close() {
    http.stop(0);
    calls.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String expected =
        "Basic "
            + Base64.getEncoder().encodeToString(("api:" + KEY).getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      send(exchange, Fault.of(401));
      return;
    }
    JsonNode question = MAPPER.readTree(body);
    asked.add(question);
    Fault now = fault;
    send(exchange, now == null ? new Fault(200, right(question), headers) : now);
  }

  private String right(JsonNode question) throws IOException {
    if (question.path("query").asText().contains("viewer")) {
      return "{\"data\":{\"viewer\":{\"id\":\"x\",\"entity\":\"%s\",\"username\":\"ann\"}}}"
          .formatted(ENTITY);
    }
    JsonNode variables = question.path("variables");
    List<Run> wanted = new ArrayList<>();
    for (JsonNode id : MAPPER.readTree(filters(question)).at("/name/$in")) {
      if (runs.containsKey(id.asText())) {
        wanted.add(runs.get(id.asText()));
      }
    }
    int from = variables.path("cursor").isNull() ? 0 : variables.path("cursor").asInt() + 1;
    int to = Math.min(wanted.size(), from + variables.path("perPage").asInt());
    StringBuilder edges = new StringBuilder();
    for (int i = from; i < to; i++) {
      edges.append(i == from ? "" : ",").append(edge(wanted.get(i), i));
    }
    return """
    {"data":{"project":{"runs":{"edges":[%s],
      "pageInfo":{"endCursor":"%d","hasNextPage":%s}}}}}"""
        .formatted(edges, to - 1, to < wanted.size());
  }

  private static String edge(Run run, int cursor) throws IOException {
    return "{\"cursor\":\"%d\",\"node\":{\"name\":%s,\"state\":%s,\"heartbeatAt\":%s,\"summaryMetrics\":%s}}"
        .formatted(
            cursor,
            MAPPER.writeValueAsString(run.id()),
            MAPPER.writeValueAsString(run.state()),
            MAPPER.writeValueAsString(run.heartbeatAt()),
            MAPPER.writeValueAsString(run.summary()));
  }

  private static String filters(JsonNode question) {
    return question.at("/variables/filters").asText("");
  }

  private static void send(HttpExchange exchange, Fault answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** A summary as the Fairy2 trainer's, with that loss as it is written. */
  public static String summary(long step, String loss) {
    Map<String, String> figures =
        Map.of(
            "_step",
            step + ".0",
            "_timestamp",
            "1.7e9",
            "progress/step",
            Long.toString(step),
            "train/loss",
            loss,
            "train/lr",
            "0.0003",
            "progress/tokens",
            Long.toString(step * 8_192),
            "progress/percent_complete",
            "12.5");
    return figures.entrySet().stream()
        .map(figure -> "\"" + figure.getKey() + "\": " + figure.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
