package dev.wrinklefree.sandbox.platform;

import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A service that runs as it is shipped: its own JVM, its own log file, configured by its
 * environment.
 */
public final class ServiceProcess {

  /** How much of a dead service's log is shown. */
  private static final int SHOWN_LINES = 15;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(2);

  /**
   * What a service may know of the machine; everything else of this process's environment stays
   * here.
   */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "JAVA_HOME");

  private final String name;
  private final Process process;
  private final Path log;
  private final long startedNanos;

  private ServiceProcess(String name, Process process, Path log, long startedNanos) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.startedNanos = startedNanos;
  }

  /**
   * Starts a service that ends when this JVM does.
   *
   * @param name what people call it
   * @param command its command line
   * @param environment its configuration
   * @param log where what it prints goes
   */
  public static ServiceProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      Watchdog watchdog)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
    Process process = builder.start();
    watchdog.guard(process.pid(), Watchdog.Signal.TERM);
    process.onExit().thenRun(() -> watchdog.release(process.pid()));
    return new ServiceProcess(name, process, log, System.nanoTime());
  }

  /**
   * The command line of a small JVM for a service, with its {@link ClassArchive} where there is
   * one.
   *
   * @param jar the service's runnable jar
   */
  public static List<String> javaCommand(Path jar) {
    return javaCommand(jar, new ClassArchive(jar).reading());
  }

  /**
   * The same, with other options instead of those that read the class archive.
   *
   * @param jar the service's runnable jar
   * @param options of the JVM
   */
  static List<String> javaCommand(Path jar, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms24m",
            "-Xmx128m",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=160m",
            "-XX:ReservedCodeCacheSize=48m"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /**
   * Waits until a health address answers 200.
   *
   * @return how long that took from the start
   * @throws StartException if the service ends first or the limit passes
   */
  public Duration awaitReady(HttpClient http, URI health, Duration limit)
      throws StartException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(health).timeout(POLL_TIMEOUT).build();
    while (sinceStart().compareTo(limit) < 0) {
      if (answersOk(http, request)) {
        return sinceStart();
      }
      if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StartException(obituary());
      }
    }
    throw new StartException(
        "%s was not ready within %d s; its log %s ends with:%n%s"
            .formatted(name, limit.toSeconds(), log, logEnd()));
  }

  /** Completes with a report for people when the service ends. */
  public CompletableFuture<String> whenDead() {
    return process.onExit().thenApply(ended -> obituary());
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** Where what it prints goes. */
  public Path log() {
    return log;
  }

  /** Its process id. */
  public long processId() {
    return process.pid();
  }

  /** Asks the service to stop, without waiting. */
  public void requestStop() {
    process.destroy();
  }

  /** Waits for the service to have stopped and kills it at the deadline. */
  public void awaitStop(long deadlineNanos) throws InterruptedException {
    if (!process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private static boolean answersOk(HttpClient http, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String obituary() {
    return "%s ended with exit code %d; its log %s ends with:%n%s"
        .formatted(name, process.exitValue(), log, logEnd());
  }

  private String logEnd() {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join(
          System.lineSeparator(), all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
