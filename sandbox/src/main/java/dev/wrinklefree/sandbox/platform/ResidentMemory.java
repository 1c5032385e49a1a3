package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much memory processes occupy, in MiB. On Linux a page that several processes share is divided
 * among them, so that figures can be added; elsewhere it counts in each.
 */
final class ResidentMemory {

  private static final long KIBIBYTES_PER_MEBIBYTE = 1_024;
  private static final String SHARE = "Pss:";

  private ResidentMemory() {}

  /** Resident memory of one process. */
  static long ofProcess(long processId) throws IOException, InterruptedException {
    return kibibytes(processId) / KIBIBYTES_PER_MEBIBYTE;
  }

  /** Resident memory of a process and its descendants. */
  static long ofTree(long processId) throws IOException, InterruptedException {
    Stream<Long> descendants =
        ProcessHandle.of(processId).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid);
    long kibibytes = 0;
    for (long id : Stream.concat(Stream.of(processId), descendants).toList()) {
      kibibytes += kibibytes(id);
    }
    return kibibytes / KIBIBYTES_PER_MEBIBYTE;
  }

  private static long kibibytes(long processId) throws IOException, InterruptedException {
    Path rollup = Path.of("/proc", Long.toString(processId), "smaps_rollup");
    if (Files.isReadable(rollup)) {
      try (Stream<String> lines = Files.lines(rollup)) {
        return lines
            .filter(line -> line.startsWith(SHARE))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
      }
    }
    Process ps =
        new ProcessBuilder(List.of("ps", "-o", "rss=", "-p", Long.toString(processId))).start();
    try (Stream<String> lines = ps.inputReader().lines()) {
      long kibibytes = lines.map(String::strip).mapToLong(Long::parseLong).sum();
      ps.waitFor();
      return kibibytes;
    }
  }
}
