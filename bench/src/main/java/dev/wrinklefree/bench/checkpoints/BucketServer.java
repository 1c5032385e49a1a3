package dev.wrinklefree.bench.checkpoints;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Answers {@code objects.list} of Cloud Storage's JSON API for a {@link SyntheticBucket}, and
 * counts. A parameter that it does not know is refused, so that none is measured as if it had been
 * obeyed.
 */
final class BucketServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int THREADS = 32;
  private static final int MOST_RESULTS = 1_000;
  private static final Set<String> KNOWN =
      Set.of("prefix", "pageToken", "maxResults", "fields", "projection", "prettyPrint", "alt");

  private final SyntheticBucket bucket;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong firstNanos = new AtomicLong();
  private volatile Duration distance = Duration.ZERO;

  private BucketServer(SyntheticBucket bucket, HttpServer http) {
    this.bucket = bucket;
    this.http = http;
  }

  static BucketServer start(SyntheticBucket bucket) throws IOException {
    // Otherwise the end of an answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BucketServer server = new BucketServer(bucket, http);
    http.setExecutor(server.threads);
    http.createContext("/storage/v1/b/" + SyntheticBucket.NAME + "/o", server::list);
    http.start();
    return server;
  }

  /** Root of the API. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Begins to count anew. */
  void reset() {
    requests.set(0);
    firstNanos.set(0);
  }

  /** Answers each request later by this from now on, as a bucket does that is some way off. */
  void moveAway(Duration by) {
    distance = by;
  }

  /** Requests since then. */
  long requests() {
    return requests.get();
  }

  /** Requests that were refused, ever: there must be none. */
  long refused() {
    return refused.get();
  }

  /** When the first of them came, by {@link System#nanoTime}; 0 before. */
  long firstNanos() {
    return firstNanos.get();
  }

  private void list(HttpExchange exchange) throws IOException {
    firstNanos.compareAndSet(0, System.nanoTime());
    travel();
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      try {
        if (!KNOWN.containsAll(query.keySet())) {
          throw new IllegalArgumentException("unknown parameter among " + query.keySet());
        }
        int limit =
            Math.min(MOST_RESULTS, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
        byte[] page =
            bucket.page(
                query.getOrDefault("prefix", ""), query.getOrDefault("pageToken", ""), limit);
        answer(exchange, OK, page);
      } catch (IllegalArgumentException e) {
        refused.incrementAndGet();
        answer(
            exchange, BAD_REQUEST, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
    }
    requests.incrementAndGet();
  }

  private void travel() throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(distance.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is closed");
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Map<String, String> query(String raw) {
    return Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
