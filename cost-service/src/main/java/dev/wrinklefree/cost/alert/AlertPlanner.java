package dev.wrinklefree.cost.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which alerts a run's cost raises and clears. What was passed stays passed: that alert is
 * cleared only when money is taken back. All others are cleared at the latest when the run ends.
 */
public final class AlertPlanner {

  private AlertPlanner() {}

  /**
   * What is to be told, cleared ones first.
   *
   * @param cost of the run now
   * @param open what is raised
   */
  public static List<RunAlerted> plan(CostUpdated cost, Collection<AlertCode> open) {
    Set<AlertCode> due = due(cost);
    List<RunAlerted> told = new ArrayList<>();
    for (AlertCode code : open) {
      if (!due.contains(code)) {
        told.add(AlertText.of(code, Status.CLEARED, cost));
      }
    }
    for (AlertCode code : due) {
      if (!open.contains(code)) {
        told.add(AlertText.of(code, Status.RAISED, cost));
      }
    }
    return told;
  }

  private static Set<AlertCode> due(CostUpdated cost) {
    Set<AlertCode> due = EnumSet.noneOf(AlertCode.class);
    BudgetStatus budget = cost.budget();
    if (budget != null && budget.level() == Level.PASSED) {
      due.add(AlertCode.BUDGET_PASSED);
    }
    if (cost.ended()) {
      return due;
    }
    if (budget != null && budget.level() == Level.NEAR) {
      due.add(AlertCode.BUDGET_NEAR);
    }
    if (cost.accruing() && !cost.intervals().isEmpty()) {
      Interval now = cost.intervals().getLast();
      if (now.perHour() == null) {
        due.add(AlertCode.PRICE_UNKNOWN);
      } else if (now.stale()) {
        due.add(AlertCode.PRICE_STALE);
      }
    }
    return due;
  }
}
