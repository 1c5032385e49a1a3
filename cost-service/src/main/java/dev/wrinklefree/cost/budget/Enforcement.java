package dev.wrinklefree.cost.budget;

import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import org.jspecify.annotations.Nullable;

/**
 * What was done about a run's budget so far.
 *
 * @param alert the level whose alert is raised; absent while none is
 * @param cancelRequested whether the run's end was asked for, which is done once
 */
public record Enforcement(@Nullable Level alert, boolean cancelRequested) {

  /** Nothing yet. */
  public static final Enforcement NONE = new Enforcement(null, false);
}
