package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.sandbox.platform.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@code sandbox part}: a server of the outside world in a JVM of its own. */
final class PartMachine implements Machine {

  private static final String READY = "ready";
  private static final int READY_SECONDS = 120;
  private static final int STOP_SECONDS = 12;

  private final String name;
  private final List<String> command;
  private final Path errors;

  /**
   * @param name for messages
   * @param jar of the sandbox
   * @param arguments of {@code sandbox part}
   * @param heapMegabytes largest heap of its JVM
   * @param errors takes what its JVM prints beside its log
   */
  PartMachine(String name, Path jar, List<String> arguments, int heapMegabytes, Path errors) {
    this.name = name;
    this.errors = errors;
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:MaxMetaspaceSize=160m",
            "-XX:ReservedCodeCacheSize=48m",
            "-jar",
            jar.toString(),
            "part"));
    command.addAll(arguments);
  }

  @Override
  public Incarnation start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // Its input is a pipe that only this process holds open: it ends when this process does.
    return new Life(builder.redirectError(Redirect.appendTo(errors.toFile())).start());
  }

  private final class Life implements Incarnation {

    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    Life(Process process) {
      this.process = process;
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader output = process.inputReader()) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          if (line.equals(READY)) {
            ready.complete(true);
          }
        }
      } catch (IOException e) {
        // Its output ends with it.
      }
      ready.complete(false);
    }

    @Override
    public void awaitReady() throws StartException, InterruptedException {
      try {
        if (ready.get(READY_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
        throw new StartException(name + " ended before it was ready, see " + errors);
      } catch (TimeoutException | ExecutionException e) {
        throw new StartException(name + " was not ready within " + READY_SECONDS + " s", e);
      }
    }

    @Override
    public void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    @Override
    public void stop() throws IOException, InterruptedException {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    }

    @Override
    public CompletableFuture<String> death() {
      return process
          .onExit()
          .thenApply(
              ended ->
                  "%s ended with exit code %d, see %s".formatted(name, ended.exitValue(), errors));
    }
  }
}
