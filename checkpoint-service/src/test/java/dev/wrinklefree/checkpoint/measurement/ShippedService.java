package dev.wrinklefree.checkpoint.measurement;

import dev.wrinklefree.sandbox.platform.ServiceProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, started as the sandbox starts it. */
final class ShippedService implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);
  private static final int PAGES_PER_MIB = 256;

  private final Process process;
  private final Duration readyAfter;
  private final Duration cpuUntilReady;

  private ShippedService(Process process, Duration readyAfter, Duration cpuUntilReady) {
    this.process = process;
    this.readyAfter = readyAfter;
    this.cpuUntilReady = cpuUntilReady;
  }

  /** Starts it with these environment variables and waits until it is ready. */
  static ShippedService start(Map<String, String> environment)
      throws IOException, InterruptedException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing: run 'mvn package' first");
    }
    int management = freePort();
    ProcessBuilder builder = new ProcessBuilder(ServiceProcess.javaCommand(JAR));
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(Path.of("target", "measured-service.log").toFile()));
    long begun = System.nanoTime();
    Process process = builder.start();
    while (!isReady(management)) {
      if (!process.isAlive() || System.nanoTime() - begun > START_PATIENCE.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException("not ready, see target/measured-service.log");
      }
      Thread.sleep(PROBE_INTERVAL);
    }
    return new ShippedService(
        process,
        Duration.ofNanos(System.nanoTime() - begun),
        process.info().totalCpuDuration().orElse(Duration.ZERO));
  }

  /** From the start of the process until its readiness check answered. */
  Duration readyAfter() {
    return readyAfter;
  }

  /** Processor time of all cores until then, which a busy machine does not lengthen. */
  Duration cpuUntilReady() {
    return cpuUntilReady;
  }

  /** Resident memory in MiB, by Linux's count of 4 KiB pages. */
  long residentMebibytes() throws IOException {
    String pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"));
    return Long.parseLong(pages.split(" ", -1)[1]) / PAGES_PER_MIB;
  }

  /** Ends it without a chance to tidy up, as a lost machine does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }

  private static boolean isReady(int port) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
