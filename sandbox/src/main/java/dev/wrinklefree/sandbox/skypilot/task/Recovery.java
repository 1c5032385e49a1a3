package dev.wrinklefree.sandbox.skypilot.task;

import java.util.Set;

/**
 * When a job whose own code failed is started again. A lost machine is always replaced.
 *
 * @param maxRestartsOnErrors failures that are answered with another start
 * @param recoverOnExitCodes exit codes that are answered with another start and not counted
 */
public record Recovery(int maxRestartsOnErrors, Set<Integer> recoverOnExitCodes) {

  public Recovery {
    recoverOnExitCodes = Set.copyOf(recoverOnExitCodes);
  }

  /** Whether a failure is answered with another start. */
  public boolean restarts(int exitCode, int restartsSoFar) {
    return recoverOnExitCodes.contains(exitCode) || restartsSoFar < maxRestartsOnErrors;
  }

  /** Whether this failure counts against {@code max_restarts_on_errors}. */
  public boolean counts(int exitCode) {
    return !recoverOnExitCodes.contains(exitCode);
  }
}
