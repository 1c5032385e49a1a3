package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.connection.Authentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real API server, which {@code scripts/contract-skypilot} installed and started. */
final class RealHost implements Host {

  private static final Path SCRIPTS = Path.of("../scripts");

  /** Of "engine", by {@code openssl passwd -apr1}: a password of this suite alone. */
  private static final String INITIAL_USER = "ada:$apr1$contract$K3jPQEjUCE4mQ54Mhgkpv/";

  private final URI endpoint;
  private final Path home;
  private final List<Ingress> ingresses = new ArrayList<>();
  private @Nullable Guarded guarded;

  /**
   * @param endpoint where it answers
   * @param home the folder that it was started in
   */
  RealHost(URI endpoint, Path home) {
    this.endpoint = endpoint;
    this.home = home;
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public boolean runsJobs() {
    return Boolean.getBoolean("contract.skypilot.slurm");
  }

  /** It keeps them; a watcher misses what is over within a second. */
  @Override
  public List<String> statuses(long jobId, List<String> watched) {
    String told =
        run(
            Map.of(),
            "python3",
            SCRIPTS.resolve("skypilot-history.py"),
            home.resolve(".sky/spot_jobs.db"),
            jobId);
    return told.lines().distinct().toList();
  }

  @Override
  public Duration glance() {
    return Duration.ofSeconds(2);
  }

  @Override
  public void restart() {
    run(Map.of(), SCRIPTS.resolve("skypilot-server"), "stop", home);
    run(Map.of(), SCRIPTS.resolve("skypilot-server"), "start", home, endpoint.getPort());
  }

  @Override
  public void fill(ArrayNode rows) {
    try {
      Path file = home.resolve("rows.json");
      Files.writeString(file, rows.toString());
      run(
          Map.of(),
          "python3",
          SCRIPTS.resolve("skypilot-jobs.py"),
          home.resolve(".sky/spot_jobs.db"),
          file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Guarded guarded() {
    if (guarded == null) {
      int port = freePort();
      run(
          Map.of(
              "ENABLE_BASIC_AUTH",
              "true",
              "ENABLE_SERVICE_ACCOUNTS",
              "true",
              "SKYPILOT_INITIAL_BASIC_AUTH",
              INITIAL_USER),
          SCRIPTS.resolve("skypilot-server"),
          "start",
          home.resolveSibling("guarded"),
          port);
      URI server = URI.create("http://127.0.0.1:" + port);
      // The server trusts loopback callers unless something stands in front of it.
      Ingress basic = ingress(server, Map.of("X-Forwarded-For", "192.0.2.1"));
      Ingress token =
          ingress(server, Map.of("X-Forwarded-For", "192.0.2.1", "X-Skypilot-Auth-Mode", "token"));
      Authentication key = new Authentication.Basic("ada", "engine");
      guarded =
          new Guarded(
              new Door(basic.endpoint(), key),
              new Door(token.endpoint(), new Authentication.Bearer(token(basic.endpoint(), key))));
    }
    return guarded;
  }

  @Override
  public void close() {
    ingresses.forEach(Ingress::close);
    if (guarded != null) {
      run(Map.of(), SCRIPTS.resolve("skypilot-server"), "stop", home.resolveSibling("guarded"));
    }
  }

  private Ingress ingress(URI server, Map<String, String> headers) {
    Ingress ingress = new Ingress(server, headers);
    ingresses.add(ingress);
    return ingress;
  }

  /** A new service account's. */
  private static String token(URI endpoint, Authentication key) {
    ObjectNode body = Server.body().put("token_name", "contract").put("expires_in_days", 0);
    var answer = new Server(endpoint, key).post("/users/service-account-tokens", body.toString());
    String token = Server.json(answer.body()).path("token").asText();
    if (token.isEmpty()) {
      throw new AssertionError("no token was made: " + answer.body());
    }
    return token;
  }

  private static String run(Map<String, String> environment, Object... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(command[0] + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
