package dev.wrinklefree.sandbox.skypilot.job;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A machine of a fresh directory and the processes in it.
 *
 * <p>Each script runs in a process group of its own which dies when the machine is closed and, by
 * way of a pipe that the operating system closes, when this JVM dies.
 */
final class JobMachine implements Machine {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobMachine.class);
  private static final String WRAPPER = wrapper();

  /**
   * A process that fled into a session of its own may keep the output open; nobody waits longer.
   */
  private static final long PUMP_GRACE_MILLIS = 2_000;

  private final Path directory;
  private final Map<String, String> environment;
  private final JobLog log;
  private @Nullable Running current;

  private record Running(Process process, Thread pump) {}

  /**
   * @param directory where it is made; whatever is there is removed first
   * @param environment all variables of its processes: nothing of this JVM's own is passed on
   * @param log takes standard output and standard error
   */
  JobMachine(Path directory, Map<String, String> environment, JobLog log) {
    this.directory = requireNonNull(directory, "directory is null");
    this.environment = Map.copyOf(environment);
    this.log = requireNonNull(log, "log is null");
  }

  @Override
  public Script start(String phase, String script, LinePrefix prefix) throws IOException {
    Path work = directory.resolve("sky_workdir");
    if (current == null) {
      delete(directory);
    }
    Files.createDirectories(work);
    Path file = directory.resolve(phase + ".sh");
    Files.writeString(file, script);
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "bash", "-c", WRAPPER, "machine", file.toString())
            .directory(work.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    Process process = builder.start();
    InputStream output = process.getInputStream();
    Thread pump =
        Thread.ofPlatform()
            .daemon()
            .name("job-output-" + process.pid())
            .start(() -> pump(output, prefix.of(process.pid())));
    current = new Running(process, pump);
    send(process.getOutputStream(), work);
    return new Script(process.pid(), process.onExit().thenApply(Process::exitValue));
  }

  @Override
  public void stop() {
    Running running = current;
    if (running == null) {
      return;
    }
    kill(running.process());
    try {
      running.process().waitFor();
      running.pump().join(PUMP_GRACE_MILLIS);
      if (running.pump().isAlive()) {
        running.process().getInputStream().close();
      }
      running.process().getOutputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOGGER.debug("The pipes of a finished process did not close", e);
    }
  }

  @Override
  public void close() {
    stop();
    delete(directory);
  }

  private void send(OutputStream stdin, Path work) {
    StringBuilder entries = new StringBuilder();
    entries.append("HOME=").append(work).append('\0').append("LANG=C.UTF-8\0");
    environment.forEach(
        (name, value) -> entries.append(name).append('=').append(value).append('\0'));
    entries.append('\0');
    try {
      // Written as bytes: the JVM would encode real environment entries in the locale's charset.
      stdin.write(entries.toString().getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      LOGGER.debug("A job's process was gone before it had its environment", e);
    }
  }

  private void pump(InputStream output, String prefix) {
    try (output) {
      log.pump(output, prefix);
    } catch (IOException e) {
      LOGGER.debug("A job's output ended early", e);
    }
  }

  private static void kill(Process leader) {
    try {
      // The group outlives its leader by the watcher on the pipe, so the id cannot be someone
      // else's.
      Process killer =
          new ProcessBuilder("bash", "-c", "kill -KILL -- \"-$1\"", "kill", "" + leader.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!killer.waitFor(10, TimeUnit.SECONDS)) {
        killer.destroyForcibly();
      }
    } catch (IOException e) {
      leader.destroyForcibly();
      LOGGER.error("A job's process group could not be killed", e);
    } catch (InterruptedException e) {
      leader.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOGGER.warn("A job's machine left files behind", e);
    }
  }

  private static String wrapper() {
    try (InputStream resource = JobMachine.class.getResourceAsStream("machine.sh")) {
      if (resource == null) {
        throw new IllegalStateException("machine.sh is not on the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
