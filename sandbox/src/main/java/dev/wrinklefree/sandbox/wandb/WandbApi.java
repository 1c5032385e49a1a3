package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.wrinklefree.sandbox.wandb.WandbSchema.Caller;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import dev.wrinklefree.sandbox.wandb.graphql.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Who asks for what: credentials, the paths, GraphQL's envelope. */
final class WandbApi implements HttpHandler {

  /** Below it clients put files of a run; their bytes are read and dropped. */
  static final String UPLOADS = "/storage/runs/";

  private static final Pattern FILE_STREAM =
      Pattern.compile("/files/([^/]+)/([^/]+)/([^/]+)/file_stream");

  private final WandbSettings settings;
  private final RunTable table;
  private final Schema<Caller> schema;
  private final Faults queryFaults;
  private final Faults streamFaults;

  WandbApi(WandbSettings settings, RunTable table, Faults queryFaults, Faults streamFaults) {
    this.settings = settings;
    this.table = table;
    this.schema = new WandbSchema(table, settings.entity(), settings.staleAfter()).build();
    this.queryFaults = queryFaults;
    this.streamFaults = streamFaults;
  }

  /** What a caller showed. */
  private enum Key {
    RIGHT,
    WRONG,
    NONE
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Matcher stream = FILE_STREAM.matcher(path);
    String call = exchange.getRequestMethod() + " " + path;
    if (call.equals("POST /graphql")) {
      answer(exchange, queryFaults.next(), this::query);
    } else if (call.startsWith("POST ") && stream.matches()) {
      answer(exchange, streamFaults.next(), (key, body, server) -> stream(stream, key, body));
    } else if (call.startsWith("PUT " + UPLOADS)) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.sendResponseHeaders(200, -1);
    } else {
      WandbAnswer.error(404, "not found: " + call).send(exchange);
    }
  }

  @FunctionalInterface
  private interface Call {
    WandbAnswer answer(Key key, JsonNode body, URI server);
  }

  private void answer(HttpExchange exchange, Optional<WandbFault> fault, Call call)
      throws IOException {
    byte[] body = body(exchange);
    switch (fault.orElse(null)) {
      case null -> called(exchange, body, call).send(exchange);
      case WandbFault.Delayed(var delay) -> {
        pause(delay.toMillis());
        called(exchange, body, call).send(exchange);
      }
      case WandbFault.Refused(int status) -> WandbAnswer.error(status, "refused").send(exchange);
      case WandbFault.RateLimited(var reset) -> WandbAnswer.rateLimited(reset).send(exchange);
      case WandbFault.NotJson() -> WandbAnswer.html().send(exchange);
      case WandbFault.Errors(String message) ->
          WandbAnswer.json(200, failed(message)).send(exchange);
      case WandbFault.CutOff() -> WandbAnswer.html().sendHalf(exchange);
    }
  }

  private WandbAnswer called(HttpExchange exchange, byte[] body, Call call) {
    URI server = URI.create("http://" + exchange.getRequestHeaders().getFirst("Host"));
    JsonNode json;
    try {
      json = ExtendedJson.MAPPER.readTree(body);
    } catch (IOException e) {
      return WandbAnswer.error(400, "The request is not JSON");
    }
    Key key = key(exchange.getRequestHeaders().getFirst("Authorization"));
    if (key == Key.WRONG) {
      return WandbAnswer.error(401, "API key is invalid");
    }
    synchronized (table) {
      return call.answer(key, json, server);
    }
  }

  private WandbAnswer query(Key key, JsonNode body, URI server) {
    Map<String, JsonNode> variables = new HashMap<>();
    body.path("variables").properties().forEach(v -> variables.put(v.getKey(), v.getValue()));
    try {
      ObjectNode data =
          schema.execute(
              new Caller(key == Key.RIGHT, server),
              body.path("query").asText(),
              variables,
              body.path("operationName").textValue());
      return WandbAnswer.json(200, JsonNodeFactory.instance.objectNode().set("data", data));
    } catch (GraphQlException e) {
      return WandbAnswer.json(400, failed(e.getMessage()));
    }
  }

  private WandbAnswer stream(Matcher path, Key key, JsonNode body) {
    if (key != Key.RIGHT) {
      return WandbAnswer.error(401, "user is not logged in");
    }
    Optional<Run> run =
        table.run(decoded(path.group(1)), decoded(path.group(2)), decoded(path.group(3)));
    return run.map(found -> WandbAnswer.json(200, FileStream.take(found, body, table.now())))
        .orElseGet(() -> WandbAnswer.error(404, "run not found: " + decoded(path.group(3))));
  }

  private Key key(@Nullable String authorization) {
    if (authorization == null) {
      return Key.NONE;
    }
    String right =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("api:" + settings.apiKey()).getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
            right.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8))
        ? Key.RIGHT
        : Key.WRONG;
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body =
        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return body.readAllBytes();
    }
  }

  private static ObjectNode failed(@Nullable String message) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putArray("errors").addObject().put("message", message);
    root.putNull("data");
    return root;
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment, StandardCharsets.UTF_8);
  }

  private static void pause(long milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server stops", e);
    }
  }
}
