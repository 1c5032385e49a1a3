package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** An HTTP answer. Every one tells the rate limit, on W&amp;B's scale from 0 to 1000. */
record WandbAnswer(int status, String contentType, String body, Map<String, String> headers) {

  private static final String JSON = "application/json";
  private static final Map<String, String> PLENTY =
      Map.of("RateLimit-Limit", "1000", "RateLimit-Remaining", "1000", "RateLimit-Reset", "1");

  static WandbAnswer json(int status, JsonNode document) {
    return new WandbAnswer(status, JSON, ExtendedJson.text(document), PLENTY);
  }

  static WandbAnswer error(int status, String message) {
    JsonNode document =
        JsonNodeFactory.instance
            .objectNode()
            .set(
                "errors",
                JsonNodeFactory.instance
                    .arrayNode()
                    .add(JsonNodeFactory.instance.objectNode().put("message", message)));
    return json(status, document);
  }

  static WandbAnswer rateLimited(Duration reset) {
    String seconds = Long.toString((long) Math.ceil(reset.toMillis() / 1_000.0));
    return new WandbAnswer(
        429,
        "text/plain",
        "rate limit exceeded",
        Map.of(
            "RateLimit-Limit",
            "1000",
            "RateLimit-Remaining",
            "0",
            "RateLimit-Reset",
            seconds,
            "Retry-After",
            seconds));
  }

  static WandbAnswer html() {
    return new WandbAnswer(200, "text/html", "<html><body>Please log in</body></html>", PLENTY);
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = begin(exchange);
    exchange.getResponseBody().write(bytes);
  }

  /** Closing an exchange before all that was announced is written cuts the connection. */
  void sendHalf(HttpExchange exchange) throws IOException {
    byte[] bytes = begin(exchange);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
  }

  private byte[] begin(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, bytes.length);
    return bytes;
  }
}
