package dev.wrinklefree.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP/1.1 server on the loopback address with a virtual thread per request. */
public final class LoopbackHttpServer implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoopbackHttpServer.class);

  static {
    // Read once by the JDK's server: without it small answers wait 40 ms for a delayed
    // acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackHttpServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve every path with one handler. A handler's unexpected exception becomes status
   * 500 if no answer was begun.
   *
   * @param port the TCP port, or 0 for any free one
   * @throws java.net.BindException if the port is taken
   */
  public static LoopbackHttpServer start(int port, HttpHandler handler) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(handler, exchange));
    server.start();
    return new LoopbackHttpServer(server, threads);
  }

  /** The server's address without a trailing slash. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The TCP port that clients connect to. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once; answers under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpHandler handler, HttpExchange exchange) throws IOException {
    try (exchange) {
      handler.handle(exchange);
    } catch (RuntimeException e) {
      LOGGER.error(
          "Request failed: {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      if (exchange.getResponseCode() < 0) {
        exchange.sendResponseHeaders(500, -1);
      }
    }
  }
}
