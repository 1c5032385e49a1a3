package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much memory processes occupy, in MiB, as {@code ps} tells it on every Unix. */
final class ResidentMemory {

  private static final long KIBIBYTES_PER_MEBIBYTE = 1_024;

  private ResidentMemory() {}

  /** Resident memory of one process. */
  static long ofProcess(long processId) throws IOException, InterruptedException {
    return measure(Stream.of(processId));
  }

  /** Resident memory of a process and its descendants; pages that they share count in each. */
  static long ofTree(long processId) throws IOException, InterruptedException {
    Stream<Long> descendants =
        ProcessHandle.of(processId).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid);
    return measure(Stream.concat(Stream.of(processId), descendants));
  }

  private static long measure(Stream<Long> processIds) throws IOException, InterruptedException {
    String ids = processIds.map(String::valueOf).collect(Collectors.joining(","));
    Process ps = new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", ids)).start();
    try (var lines = ps.inputReader().lines()) {
      long kibibytes = lines.map(String::strip).mapToLong(Long::parseLong).sum();
      ps.waitFor();
      return kibibytes / KIBIBYTES_PER_MEBIBYTE;
    }
  }
}
