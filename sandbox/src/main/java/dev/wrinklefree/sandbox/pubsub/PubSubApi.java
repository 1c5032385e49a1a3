package dev.wrinklefree.sandbox.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The REST API: {@code POST /v1/projects/<p>/{topics|subscriptions}/<name>:<verb>}. */
final class PubSubApi implements HttpHandler {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v1/(projects/[^/]+/(?:topics|subscriptions)/[^/:]+)(?::([a-zA-Z]+))?");

  /** How long a pull waits for a message; the real server does not say how long it does. */
  private static final Duration PULL_PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_MESSAGES = 1_000;

  private final Broker broker;
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

  PubSubApi(Broker broker) {
    this.broker = broker;
  }

  void refuseNext(int requests, int status) {
    for (int i = 0; i < requests; i++) {
      refusals.add(status);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer refusal = refusals.poll();
      if (refusal != null) {
        throw new Refused(refusal, "UNAVAILABLE", "A fault that the test asked for");
      }
      boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      send(exchange, 200, answer(exchange, gzip ? gunzip(body) : body));
    } catch (Refused e) {
      ObjectNode root = JSON.createObjectNode();
      root.putObject("error").put("code", e.status).put("message", e.text).put("status", e.word);
      send(exchange, e.status, root);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode answer(HttpExchange exchange, byte[] body)
      throws IOException, Refused, InterruptedException {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      throw unknown(exchange);
    }
    String name = path.group(1);
    String verb = path.group(2) == null ? "" : path.group(2);
    JsonNode request = parse(body);
    boolean isTopic = name.contains("/topics/");
    return switch (exchange.getRequestMethod() + " " + verb) {
      case "PUT " -> isTopic ? createTopic(name) : createSubscription(name, request);
      case "POST publish" -> publish(name, request);
      case "POST pull" -> pull(subscription(name), request);
      case "POST acknowledge" -> {
        List<String> ackIds = new ArrayList<>();
        request.path("ackIds").forEach(id -> ackIds.add(id.asText()));
        subscription(name).acknowledge(ackIds);
        yield JSON.createObjectNode();
      }
      default -> throw unknown(exchange);
    };
  }

  private JsonNode createTopic(String name) throws Refused {
    if (!broker.createTopic(name)) {
      throw new Refused(409, "ALREADY_EXISTS", "Resource already exists: " + name);
    }
    return JSON.createObjectNode().put("name", name);
  }

  private JsonNode createSubscription(String name, JsonNode request) throws Refused {
    String topic = request.path("topic").asText();
    long seconds = request.path("ackDeadlineSeconds").asLong(0);
    Duration deadline = seconds == 0 ? PubSubServer.ACK_DEADLINE : Duration.ofSeconds(seconds);
    if (!broker.hasTopic(topic)) {
      throw notFound(topic);
    }
    if (!broker.createSubscription(name, topic, deadline)) {
      throw new Refused(409, "ALREADY_EXISTS", "Resource already exists: " + name);
    }
    return JSON.createObjectNode()
        .put("name", name)
        .put("topic", topic)
        .put("ackDeadlineSeconds", deadline.toSeconds());
  }

  private JsonNode publish(String topic, JsonNode request) throws Refused {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode ids = answer.putArray("messageIds");
    for (JsonNode message : request.path("messages")) {
      Map<String, String> attributes = new HashMap<>();
      message
          .path("attributes")
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
      Optional<String> id = broker.publish(topic, attributes, message.path("data").asText(""));
      ids.add(id.orElseThrow(() -> notFound(topic)));
    }
    return answer;
  }

  private static JsonNode pull(Subscription subscription, JsonNode request)
      throws Refused, InterruptedException {
    int most = request.path("maxMessages").asInt(0);
    if (most < 1) {
      throw new Refused(400, "INVALID_ARGUMENT", "maxMessages must be positive");
    }
    boolean immediately = request.path("returnImmediately").asBoolean(false);
    List<Subscription.Received> received =
        subscription.pull(
            Math.min(most, MAX_MESSAGES), immediately ? Duration.ZERO : PULL_PATIENCE);
    ObjectNode answer = JSON.createObjectNode();
    if (!received.isEmpty()) {
      ArrayNode messages = answer.putArray("receivedMessages");
      received.forEach(one -> describe(messages.addObject(), one));
    }
    return answer;
  }

  private static void describe(ObjectNode node, Subscription.Received received) {
    Message message = received.message();
    node.put("ackId", received.ackId());
    ObjectNode inner = node.putObject("message");
    inner.put("data", message.data());
    ObjectNode attributes = inner.putObject("attributes");
    message.attributes().forEach(attributes::put);
    inner.put("messageId", message.id());
    inner.put("publishTime", message.publishedAt().toString());
  }

  private Subscription subscription(String name) throws Refused {
    return broker.subscription(name).orElseThrow(() -> notFound(name));
  }

  private static JsonNode parse(byte[] body) throws IOException, Refused {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Refused(400, "INVALID_ARGUMENT", "Invalid JSON payload received.");
    }
  }

  private static byte[] gunzip(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode document)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(document);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Refused notFound(String name) {
    return new Refused(404, "NOT_FOUND", "Resource not found: " + name);
  }

  private static Refused unknown(HttpExchange exchange) {
    return new Refused(
        404,
        "NOT_FOUND",
        "This stand-in has no %s %s"
            .formatted(exchange.getRequestMethod(), exchange.getRequestURI().getPath()));
  }

  /** An answer in the API's error document. */
  private static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String word;
    private final String text;

    Refused(int status, String word, String text) {
      super(text);
      this.status = status;
      this.word = word;
      this.text = text;
    }
  }
}
