package dev.wrinklefree.skypilot.logs;

/**
 * Which log to read.
 *
 * @param jobId SkyPilot's number of the job
 * @param follow whether to wait for more until the job ends
 * @param tail how many of the last lines to start with; 0 for all
 */
public record LogQuery(long jobId, boolean follow, int tail) {
  public LogQuery {
    if (tail < 0) {
      throw new IllegalArgumentException("tail must not be negative");
    }
  }

  /** All of the log, and what comes, until the job ends. */
  public static LogQuery following(long jobId) {
    return new LogQuery(jobId, true, 0);
  }

  /** All of the log up to now. */
  public static LogQuery untilNow(long jobId) {
    return new LogQuery(jobId, false, 0);
  }

  /** The same, beginning with the last {@code lines} lines. */
  public LogQuery withTail(int lines) {
    return new LogQuery(jobId, follow, lines);
  }
}
