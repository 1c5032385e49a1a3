package dev.wrinklefree.skypilot.script;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How the scripted server answers one request. */
@FunctionalInterface
public interface Answer {
  String REQUEST_ID = "X-Skypilot-Request-ID";

  void give(HttpExchange exchange) throws IOException;

  /** A complete response; any SkyPilot server puts an unrelated request id on all of them. */
  static Answer of(int status, String contentType, String body, Map<String, String> headers) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.getResponseHeaders().set(REQUEST_ID, "00000000-dead-beef-0000-000000000000");
      headers.forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  static Answer json(int status, String body) {
    return of(status, "application/json", body, Map.of());
  }

  /** The 200 of a submit. */
  static Answer accepted(String requestId) {
    return of(200, "application/json", "null", Map.of(REQUEST_ID, requestId));
  }

  /** The 200 of {@code /api/get}: a JSON document inside a JSON string. */
  static Answer result(String returnValue) {
    return json(200, payload("SUCCEEDED", returnValue, "null", false));
  }

  /** The 500 of {@code /api/get} for a request that raised. */
  static Answer raised(String type, String message) {
    String error = quoted(Map.of("object", "gAROLg==", "type", type, "message", message));
    return json(500, "{\"detail\":" + payload("FAILED", "null", error, false) + "}");
  }

  static String payload(String status, String returnValue, String error, boolean shouldRetry) {
    return """
    {"request_id":"r","name":"sky.jobs.launch","entrypoint":"gAROLg==","request_body":"gAROLg==",\
    "status":%s,"created_at":1.79e9,"user_id":"ab12cd34","return_value":%s,"error":%s,"pid":4242,\
    "schedule_type":"short","user_name":null,"cluster_name":null,"status_msg":null,\
    "should_retry":%s,"finished_at":1.79e9,"file_mounts_blob_id":null}"""
        .formatted(quoted(status), quoted(returnValue), quoted(error), shouldRetry);
  }

  /** Reads the request and closes the connection without a byte. */
  static Answer brokenConnection() {
    return HttpExchange::close;
  }

  /** Never answers; returns when the server stops. */
  static Answer never(CountDownLatch stopped) {
    return exchange -> awaitQuietly(stopped);
  }

  /** A log stream: the pieces are flushed one by one, then it ends. */
  static Answer stream(String requestId, List<byte[]> pieces) {
    return exchange -> {
      openStream(exchange, requestId);
      for (byte[] piece : pieces) {
        exchange.getResponseBody().write(piece);
        exchange.getResponseBody().flush();
      }
      exchange.close();
    };
  }

  static Answer stream(String requestId, String text) {
    return stream(requestId, List.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A log stream that breaks off in the middle of its chunked body. */
  static Answer brokenStream(String requestId, String text, CountDownLatch cut) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.getResponseHeaders().set(REQUEST_ID, requestId);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length + 1000L);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
      awaitQuietly(cut);
      exchange.close();
    };
  }

  static void openStream(HttpExchange exchange, String requestId) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set(REQUEST_ID, requestId);
    exchange.sendResponseHeaders(200, 0);
  }

  static String quoted(Object value) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      return mapper.writeValueAsString(value);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
