package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.wrinklefree.sandbox.http.LoopbackHttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A stand-in for Weights &amp; Biases that knows nobody's runs yet. {@code POST /graphql} answers
 * three questions:
 *
 * <ul>
 *   <li>{@code viewer}: an account named {@code sandbox} for any API key, null without one
 *   <li>{@code project { runs }}: no runs, on one page
 *   <li>{@code project { run(name) }}: null, as for a run that has not reported yet
 * </ul>
 *
 * <p>Any other query is answered with a GraphQL error. Nothing is recorded: it has no file stream
 * and no mutations.
 */
public final class WandbServer implements Closeable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VIEWER = Pattern.compile("\\bviewer\\b");
  private static final Pattern PROJECT = Pattern.compile("\\bproject\\s*\\(");
  private static final Pattern RUNS = Pattern.compile("\\bruns\\s*[({]");
  private static final Pattern RUN = Pattern.compile("\\brun\\s*\\(");
  private static final Pattern MUTATION = Pattern.compile("^\\s*mutation\\b");

  private final LoopbackHttpServer http;

  private WandbServer(LoopbackHttpServer http) {
    this.http = http;
  }

  /**
   * Starts a server.
   *
   * @param port the TCP port on the loopback address, or 0 for any free one
   * @throws java.net.BindException if the port is taken
   */
  public static WandbServer start(int port) throws IOException {
    return new WandbServer(LoopbackHttpServer.start(port, WandbServer::handle));
  }

  /** What a client takes as {@code WANDB_BASE_URL}, without a trailing slash. */
  public URI endpoint() {
    return http.address();
  }

  @Override
  public void close() {
    http.close();
  }

  private static void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean graphql = exchange.getRequestURI().getPath().equals("/graphql");
    if (!graphql || !exchange.getRequestMethod().equals("POST")) {
      send(exchange, 404, error("This stand-in has only POST /graphql"));
      return;
    }
    boolean known = exchange.getRequestHeaders().containsKey("Authorization");
    try {
      String query = JSON.readTree(body).path("query").asText();
      send(exchange, 200, answer(query, known));
    } catch (JsonProcessingException e) {
      send(exchange, 400, error("The request is not JSON"));
    }
  }

  private static ObjectNode answer(String query, boolean known) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode data = root.putObject("data");
    if (MUTATION.matcher(query).find()) {
      return error("This stand-in has no mutations");
    } else if (PROJECT.matcher(query).find() && RUNS.matcher(query).find()) {
      ObjectNode project = data.putObject("project");
      project.put("runCount", 0).put("readOnly", false);
      ObjectNode runs = project.putObject("runs");
      runs.putArray("edges");
      runs.putObject("pageInfo").putNull("endCursor").put("hasNextPage", false);
    } else if (PROJECT.matcher(query).find() && RUN.matcher(query).find()) {
      data.putObject("project").putNull("run");
    } else if (VIEWER.matcher(query).find()) {
      viewer(data, known);
    } else {
      return error("This stand-in does not answer that query");
    }
    return root;
  }

  private static void viewer(ObjectNode data, boolean known) {
    if (!known) {
      data.putNull("viewer");
      return;
    }
    ObjectNode viewer = data.putObject("viewer");
    viewer
        .put("id", "VXNlcjox")
        .put("entity", "sandbox")
        .put("username", "sandbox")
        .put("email", "sandbox@example.invalid")
        .put("flags", "{}");
    viewer.putObject("teams").putArray("edges");
  }

  private static ObjectNode error(String message) {
    ObjectNode root = JSON.createObjectNode();
    root.putArray("errors").addObject().put("message", message);
    return root;
  }

  private static void send(HttpExchange exchange, int status, JsonNode document)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(document);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
