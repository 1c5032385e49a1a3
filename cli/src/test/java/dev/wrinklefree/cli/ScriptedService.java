package dev.wrinklefree.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service on a socket that answers as told, and keeps what it was asked. */
final class ScriptedService implements AutoCloseable {

  private record Answer(int status, String body, boolean isCut) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private final List<String> lastEventIds = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  ScriptedService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers of one request line, in order; the last one stays. */
  ScriptedService answer(String methodAndPath, int status, String body) {
    answers
        .computeIfAbsent(methodAndPath, k -> new ArrayDeque<>())
        .add(new Answer(status, body, false));
    return this;
  }

  /** An answer whose connection is cut after the body. */
  ScriptedService cut(String methodAndPath, String body) {
    answers
        .computeIfAbsent(methodAndPath, k -> new ArrayDeque<>())
        .add(new Answer(200, body, true));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@code Authorization} headers, oldest first; a request without one has the empty string. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** {@code Last-Event-ID} headers of the requests that had one, oldest first. */
  List<String> lastEventIds() {
    return List.copyOf(lastEventIds);
  }

  /** Request lines with bodies, oldest first. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String lastEventId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    if (lastEventId != null) {
      lastEventIds.add(lastEventId);
    }
    authorizations.add(authorization == null ? "" : authorization);
    requests.add(body.isEmpty() ? line : line + " " + body);
    Answer answer;
    synchronized (answers) {
      Deque<Answer> queue = answers.getOrDefault(line, new ArrayDeque<>());
      if (queue.isEmpty()) {
        answer = new Answer(404, "{\"title\":\"Not Found\",\"status\":404}", false);
      } else {
        answer = queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
      }
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    int promised = answer.isCut() ? bytes.length + 1 : bytes.length;
    exchange.sendResponseHeaders(answer.status(), promised == 0 ? -1 : promised);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }
}
