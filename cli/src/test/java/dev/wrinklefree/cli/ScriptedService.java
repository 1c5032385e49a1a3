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

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  ScriptedService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers of one request line, in order; the last one stays. */
  ScriptedService answer(String methodAndPath, int status, String body) {
    answers.computeIfAbsent(methodAndPath, k -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@code Authorization} headers, oldest first; a request without one has the empty string. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
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
    authorizations.add(authorization == null ? "" : authorization);
    requests.add(body.isEmpty() ? line : line + " " + body);
    Answer answer;
    synchronized (answers) {
      Deque<Answer> queue = answers.getOrDefault(line, new ArrayDeque<>());
      if (queue.isEmpty()) {
        answer = new Answer(404, "{\"title\":\"Not Found\",\"status\":404}");
      } else {
        answer = queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
      }
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
