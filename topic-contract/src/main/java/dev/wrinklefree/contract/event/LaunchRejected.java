package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import java.util.List;

/**
 * The request is wrong and nothing was started.
 *
 * @param runId the run that was asked for
 * @param violations everything that is wrong, at least one, in the order of the request's fields
 */
public record LaunchRejected(RunId runId, List<Violation> violations) implements LaunchStateData {

  /**
   * @throws IllegalArgumentException if {@code violations} is empty: a rejection without a reason
   *     helps nobody
   */
  public LaunchRejected {
    violations = Absent.list(violations);
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("a rejection needs at least one violation");
    }
  }
}
