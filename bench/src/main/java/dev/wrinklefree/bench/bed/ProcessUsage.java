package dev.wrinklefree.bench.bed;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its descendants have used, as Linux tells it in {@code /proc}.
 *
 * @param processId of the process
 */
public record ProcessUsage(long processId) {

  private static final double KIBIBYTES_PER_MEBIBYTE = 1_024;

  /** This process. */
  public static ProcessUsage own() {
    return new ProcessUsage(ProcessHandle.current().pid());
  }

  /**
   * CPU time of the process alone since it started, in user and kernel mode. Of another process the
   * kernel tells it in steps of 10 ms.
   */
  public Duration cpu() {
    if (processId == ProcessHandle.current().pid()
        && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean own) {
      return Duration.ofNanos(own.getProcessCpuTime());
    }
    return ProcessHandle.of(processId)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("process " + processId + " has ended"));
  }

  /**
   * CPU time of the process and of its descendants that run now, each since it started: of a
   * database server that is all its connections.
   */
  public Duration cpuOfAll() {
    return tree().stream()
        .flatMap(id -> ProcessHandle.of(id).stream())
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Resident memory of the process and its descendants, in MiB; a page that several share is
   * divided among them (PSS), so that figures can be added.
   */
  public double residentMebibytes() throws IOException {
    double kibibytes = 0;
    for (long id : tree()) {
      kibibytes += proportionalKibibytes(id);
    }
    return kibibytes / KIBIBYTES_PER_MEBIBYTE;
  }

  /** The same of the process alone. */
  public double ownResidentMebibytes() throws IOException {
    return proportionalKibibytes(processId) / KIBIBYTES_PER_MEBIBYTE;
  }

  private List<Long> tree() {
    Stream<Long> descendants =
        ProcessHandle.of(processId).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid);
    return Stream.concat(Stream.of(processId), descendants).toList();
  }

  private static long proportionalKibibytes(long id) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(id), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (NoSuchFileException e) {
      // It ended since it was listed.
      return 0;
    }
  }
}
