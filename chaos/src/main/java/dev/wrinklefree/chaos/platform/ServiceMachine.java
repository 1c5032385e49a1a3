package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.sandbox.platform.ServiceProcess;
import dev.wrinklefree.sandbox.platform.StartException;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A service as it is shipped: its packaged jar, configured by its environment. */
final class ServiceMachine implements Machine {

  private static final Duration READY_LIMIT = Duration.ofSeconds(180);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

  private final String title;
  private final Path jar;
  private final Map<String, String> environment;
  private final URI health;
  private final Path logs;
  private final Watchdog watchdog;
  private final HttpClient http;
  private int lives;

  /**
   * @param title names its log files
   * @param jar the packaged service
   * @param environment its configuration
   * @param health answers 200 when it is ready
   * @param logs where each life's log goes
   */
  ServiceMachine(
      String title,
      Path jar,
      Map<String, String> environment,
      URI health,
      Path logs,
      Watchdog watchdog,
      HttpClient http) {
    this.title = title;
    this.jar = jar;
    this.environment = Map.copyOf(environment);
    this.health = health;
    this.logs = logs;
    this.watchdog = watchdog;
    this.http = http;
  }

  @Override
  public Incarnation start() throws IOException {
    lives++;
    Path log = logs.resolve("%s.%d.log".formatted(title.replace(' ', '-'), lives));
    return new Life(
        ServiceProcess.start(title, ServiceProcess.javaCommand(jar), environment, log, watchdog));
  }

  private final class Life implements Incarnation {

    private final ServiceProcess process;
    private final ProcessHandle handle;

    Life(ServiceProcess process) {
      this.process = process;
      this.handle = ProcessHandle.of(process.processId()).orElseThrow();
    }

    @Override
    public void awaitReady() throws StartException, InterruptedException {
      process.awaitReady(http, health, READY_LIMIT);
    }

    @Override
    public void kill() {
      handle.destroyForcibly();
      process.whenDead().join();
    }

    @Override
    public void stop() throws InterruptedException {
      process.requestStop();
      process.awaitStop(System.nanoTime() + STOP_LIMIT.toNanos());
    }

    @Override
    public CompletableFuture<String> death() {
      return process.whenDead();
    }
  }
}
