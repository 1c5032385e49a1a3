package dev.wrinklefree.sandbox.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.TreeMap;

/** The smallest program that a sandbox takes for a service. */
public final class FakeService {

  private FakeService() {}

  /**
   * Prints its environment and answers on the management port: 200 to {@code /q/health/ready}, and
   * {@code /die} ends it with exit code 3.
   */
  public static void main(String[] arguments) throws IOException {
    new TreeMap<>(System.getenv()).forEach((name, value) -> System.out.println(name + "=" + value));
    int port = Integer.parseInt(System.getenv("QUARKUS_MANAGEMENT_PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/die",
        exchange -> {
          System.out.println("told to die");
          Runtime.getRuntime().halt(3);
        });
    server.start();
  }
}
