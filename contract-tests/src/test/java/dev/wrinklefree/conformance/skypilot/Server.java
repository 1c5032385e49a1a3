package dev.wrinklefree.conformance.skypilot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server of SkyPilot's HTTP contract, called with nothing but HTTP. */
final class Server {

  static final ObjectMapper MAPPER = new ObjectMapper();
  static final String REQUEST_ID = "X-Skypilot-Request-ID";

  /** The real server needs seconds for the first request of each kind. */
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final HttpClient http =
      // An offer to speak HTTP/2 costs the real server the body.
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Supplier<URI> endpoint;
  private final Authentication key;
  private final @Nullable Host host;

  /** The server that a host runs, open to all. */
  Server(Host host) {
    this.endpoint = host::endpoint;
    this.key = new Authentication.None();
    this.host = host;
  }

  /** The server at an address, called with a key. */
  Server(URI endpoint, Authentication key) {
    this.endpoint = () -> endpoint;
    this.key = key;
    this.host = null;
  }

  URI endpoint() {
    return endpoint.get();
  }

  /** What runs it. */
  Host host() {
    return requireNonNull(host, "nobody knows what runs this server");
  }

  /** Our own client of it. */
  SkyPilotClient client() {
    return new SkyPilotClient(
        SkyPilotSettings.of(endpoint(), new UserIdentity("ab12cd34", "ada"))
            .withAuthentication(key));
  }

  /** A body with a user, as every client sends one. */
  static ObjectNode body() {
    ObjectNode body = MAPPER.createObjectNode();
    body.putObject("env_vars").put("SKYPILOT_USER_ID", "ab12cd34").put("SKYPILOT_USER", "ada");
    return body;
  }

  /** Headers of a client of that API number. */
  static List<String> client(String api) {
    return List.of("X-SkyPilot-API-Version", api, "X-SkyPilot-Version", "0.13.0");
  }

  HttpResponse<String> get(String path, List<String> headers) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<String> get(String path) {
    return get(path, client("55"));
  }

  HttpResponse<String> post(String path, String body) {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(body), client("55"));
  }

  /** Submits a request and waits for its end: the answer of {@code /api/get}. */
  HttpResponse<String> outcome(String path, ObjectNode body) {
    HttpResponse<String> submitted = post(path, body.toString());
    String id = submitted.headers().firstValue(REQUEST_ID).orElse("");
    return submitted.statusCode() == 200 ? get("/api/get?request_id=" + id) : submitted;
  }

  /** What a request that succeeds returns. */
  JsonNode value(String path, ObjectNode body) {
    HttpResponse<String> outcome = outcome(path, body);
    if (outcome.statusCode() != 200) {
      String said = Plain.of(outcome.body());
      throw new AssertionError(
          path
              + " answered "
              + outcome.statusCode()
              + " "
              + said.substring(Math.max(0, said.length() - 600)));
    }
    return json(json(outcome.body()).path("return_value").asText());
  }

  /** Status and body, without what differs from call to call. */
  static ObjectNode seen(HttpResponse<String> response) {
    ObjectNode seen = MAPPER.createObjectNode().put("status", response.statusCode());
    seen.put("requestId", response.headers().firstValue(REQUEST_ID).isPresent());
    seen.put("version", response.headers().firstValue("X-SkyPilot-API-Version").isPresent());
    return seen;
  }

  static JsonNode plain(HttpResponse<String> response) {
    return Plain.of(json(response.body()));
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.getNodeFactory().textNode("<text>");
    }
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, List<String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint() + path))
            .timeout(PATIENCE)
            .method(method, body);
    key.authorizationHeader().ifPresent(value -> request.header("Authorization", value));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      return http.send(
          request.header("Content-Type", "application/json").build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
