package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.Violation;
import java.util.List;

/** What became of a request's validation. */
public sealed interface Verdict {

  /** Nothing is wrong. */
  record Valid(ValidRequest request) implements Verdict {}

  /**
   * Something is wrong.
   *
   * @param violations all of it, at least one
   */
  record Invalid(List<Violation> violations) implements Verdict {

    /**
     * @throws IllegalArgumentException if nothing is wrong
     */
    public Invalid {
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("an invalid request has a violation");
      }
    }
  }
}
