package dev.wrinklefree.sandbox.skypilot.job;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where a job's scripts run. What is not uploaded is lost when it is closed. */
interface Machine extends AutoCloseable {

  /**
   * Starts a script.
   *
   * @param phase {@code setup} or {@code run}
   * @param script text for bash
   * @param prefix makes the prefix of a log line from the script's id
   */
  Script start(String phase, String script, LinePrefix prefix) throws IOException;

  /** Ends whatever runs and waits until its output is in the log. */
  void stop();

  @Override
  void close();

  /**
   * A script that was started.
   *
   * @param id of its process, or of what stands for it
   * @param exitCode completed when it ends
   */
  record Script(long id, CompletableFuture<Integer> exitCode) {}

  /** Makes the prefix of a job's log lines. */
  @FunctionalInterface
  interface LinePrefix {
    String of(long id);
  }

  /** Makes the machine of a job's attempt. */
  @FunctionalInterface
  interface Maker {

    /**
     * @param environment all variables of its scripts: nothing of this JVM's own is passed on
     * @param log takes what they print
     */
    Machine make(Map<String, String> environment, JobLog log);
  }
}
