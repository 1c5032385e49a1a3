package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.contract.value.Violation;
import java.util.List;

/** Query parameters that cannot be answered. */
final class BadQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  BadQueryException(List<Violation> violations) {
    super("The query has parameters that are wrong.");
    this.violations = List.copyOf(violations);
  }

  List<Violation> violations() {
    return violations;
  }
}
