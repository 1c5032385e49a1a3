package dev.wrinklefree.sandbox.skypilot.job;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What all jobs run in place of their scripts, within this JVM: for thousands of jobs at once, for
 * which a machine has no processes.
 */
@FunctionalInterface
public interface JobProgram {

  /**
   * Runs until the job is done, on a thread of its own.
   *
   * @param variables the job's environment
   * @param log takes what it prints, a line at a time
   * @return the exit code; 0 when all went well
   * @throws InterruptedException when its machine is taken away
   */
  int run(Map<String, String> variables, Consumer<String> log) throws InterruptedException;
}
