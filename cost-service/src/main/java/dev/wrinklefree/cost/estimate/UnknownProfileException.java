package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.value.Violation;
import java.util.List;

/** An estimate was asked for a model or a scale that is not known. */
public final class UnknownProfileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /** What is wrong, at least one. */
  public UnknownProfileException(List<Violation> violations) {
    super("Estimates need a known model and a known scale.");
    this.violations = List.copyOf(violations);
  }

  /** What is wrong, each with what is known. */
  public List<Violation> violations() {
    return violations;
  }
}
