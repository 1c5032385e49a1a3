package dev.wrinklefree.bench.foreign;

import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A home folder that nothing else uses. A foreign server may start workers in sessions of their
 * own; what all of its processes share is their home, by which they are found.
 */
public final class PrivateHome implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(100);

  private final Workbench workbench;
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder made if need be
   * @param environment of everything that runs in it, beside {@code HOME}; the caller's own is not
   *     passed on, but for {@code PATH}
   */
  public PrivateHome(Workbench workbench, Path folder, Map<String, String> environment)
      throws IOException {
    this.workbench = workbench;
    this.folder = Files.createDirectories(folder).toRealPath();
    this.environment = new HashMap<>(environment);
    this.environment.put("HOME", this.folder.toString());
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Starts a program that runs on. */
  public Process start(String log, List<String> command) throws IOException {
    ProcessBuilder builder =
        builder(command).redirectErrorStream(true).redirectOutput(workbench.log(log).toFile());
    Process process = builder.start();
    workbench.watchdog().guard(process.pid(), Watchdog.Signal.TERM);
    var unused = process.onExit().thenRun(() -> workbench.watchdog().release(process.pid()));
    return process;
  }

  /**
   * Runs a program to its end and measures it.
   *
   * @throws IOException if it does not end well; names its log
   */
  public CommandTime time(String log, List<String> command)
      throws IOException, InterruptedException {
    return CommandTime.measure(builder(command), workbench.log(log));
  }

  /** Resident memory of all that runs in it, in MiB; shared pages are divided among sharers. */
  public double residentMebibytes() throws IOException {
    double sum = 0;
    for (ProcessHandle process : processes()) {
      sum += new ProcessUsage(process.pid()).ownResidentMebibytes();
    }
    return sum;
  }

  /** Ends all that runs in it: by request at first, by force where that does not help. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ProcessHandle> left = all;
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      awaitEnd(left.getFirst());
      left = left.stream().filter(ProcessHandle::isAlive).toList();
    }
    left.forEach(ProcessHandle::destroyForcibly);
    // What was started meanwhile.
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process cannot be waited for", e);
    } catch (TimeoutException e) {
      // The others may have ended meanwhile.
    }
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR"));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * A program that gives itself a title may lose its environment by it: its parent still has one.
   */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(this::livesHere)
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  private boolean livesHere(ProcessHandle process) {
    Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      String variables = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return List.of(variables.split("\0", -1)).contains("HOME=" + folder);
    } catch (IOException e) {
      // Another user's, or it ended since it was listed.
      return false;
    }
  }
}
