package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.plan.LaunchPlan;
import java.util.List;

/** What a launch request gets. */
public sealed interface Answer {

  /** It is a valid request for a new run. */
  record Accept(LaunchPlan plan) implements Answer {}

  /**
   * It is wrong, and the run id is now this request's: the same id cannot become another run later.
   */
  record Reject(List<Violation> violations) implements Answer {

    /** Copies the violations. */
    public Reject {
      violations = List.copyOf(violations);
    }
  }

  /** The run id belongs to another request, whose run goes on untouched. */
  record RejectConflict(Violation violation) implements Answer {}

  /** It is the request that has this run id already: the first answer stands. */
  record Repeat() implements Answer {}
}
