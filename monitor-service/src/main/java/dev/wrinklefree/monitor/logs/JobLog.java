package dev.wrinklefree.monitor.logs;

import dev.wrinklefree.skypilot.logs.LogStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Copies a job's log, line by line. The next line is only fetched when the last one was taken, so a
 * slow reader slows the source and nothing piles up.
 */
final class JobLog {
  private final LogStream source;
  private final boolean follow;

  JobLog(LogStream source, boolean follow) {
    this.source = source;
    this.follow = follow;
  }

  /**
   * Copies to the log's end, or until the source is closed.
   *
   * @throws IOException if the reader is gone
   * @throws dev.wrinklefree.skypilot.failure.SkyPilotException if the source broke off
   */
  void copyTo(OutputStream sink) throws IOException {
    for (Optional<String> line = source.nextLine(); line.isPresent(); line = source.nextLine()) {
      sink.write((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
      if (follow) {
        sink.flush();
      }
    }
    sink.flush();
  }
}
