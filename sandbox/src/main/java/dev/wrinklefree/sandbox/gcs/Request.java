package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What the API reads from an HTTP request, and how it answers it. */
final class Request {

  private final HttpExchange exchange;
  private final Query query;
  private final List<String> path;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
    this.query = Query.parse(exchange.getRequestURI().getRawQuery());
    // Split before decoding: an object's name has its slashes encoded.
    this.path =
        Arrays.stream(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
  }

  /** The method, or the one that a client which cannot send it named in a header. */
  String method() {
    String override = header("X-HTTP-Method-Override");
    return override == null ? exchange.getRequestMethod() : override;
  }

  List<String> path() {
    return path;
  }

  /** All values of a parameter of the query that may be repeated. */
  List<String> all(String name) {
    return Query.all(exchange.getRequestURI().getRawQuery(), name);
  }

  Query query() {
    return query;
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** The server's address as this client sees it. */
  URI server() {
    String host = header("Host");
    return URI.create("http://" + (host == null ? "127.0.0.1" : host));
  }

  InputStream body() throws IOException {
    InputStream body = exchange.getRequestBody();
    return "gzip".equals(header("Content-Encoding")) ? new GZIPInputStream(body) : body;
  }

  /** The body as a JSON object; no body is an empty object. */
  ObjectNode json() throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (bytes.length > 0 && "gzip".equals(header("Content-Encoding"))) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    return parse(new String(bytes, StandardCharsets.UTF_8));
  }

  static ObjectNode parse(String text) {
    try {
      JsonNode node = Resources.JSON.readTree(text.isBlank() ? "{}" : text);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw StorageException.invalid("Parse Error");
    }
    throw StorageException.invalid("Parse Error");
  }

  void answerHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  void answer(int status) throws IOException {
    begin(status, -1);
  }

  /** Answers with a document, of which a client that says so in {@code fields} gets a part. */
  void answer(int status, JsonNode document) throws IOException {
    if (status < 400) {
      query.text("fields").map(PartialAnswer::of).ifPresent(wanted -> wanted.cut(document));
    }
    answerHeader("Content-Type", "application/json; charset=UTF-8");
    send(status, Resources.JSON.writeValueAsBytes(document));
  }

  /** Answers 200 with bytes that need not be JSON, although they are called so. */
  void answerJson(byte[] bytes) throws IOException {
    answerHeader("Content-Type", "application/json; charset=UTF-8");
    send(200, bytes);
  }

  /** Answers 200, sends fewer bytes than it announces, and closes the connection. */
  void answerCutOff(byte[] bytes, int announced) throws IOException {
    answerHeader("Content-Type", "application/json; charset=UTF-8");
    begin(200, announced);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  void answerText(int status, String text) throws IOException {
    answerHeader("Content-Type", "text/html; charset=UTF-8");
    send(status, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with so many bytes from where the stream is. */
  void answer(int status, InputStream content, long length) throws IOException {
    begin(status, length == 0 ? -1 : length);
    if (length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
      byte[] buffer = new byte[64 * 1024];
      long left = length;
      while (left > 0) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException("content ended " + left + " bytes early");
        }
        exchange.getResponseBody().write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private void send(int status, byte[] bytes) throws IOException {
    begin(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private void begin(int status, long length) throws IOException {
    // A client that is still sending would see a reset connection instead of the answer.
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    exchange.sendResponseHeaders(status, length);
  }
}
