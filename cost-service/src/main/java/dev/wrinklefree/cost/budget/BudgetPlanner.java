package dev.wrinklefree.cost.budget;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a run's cost means for its budget. Each alert is raised once and cleared once: when
 * a higher one takes its place, when money is taken back, or when the run has ended.
 */
public final class BudgetPlanner {

  /** Who asks for the end of a run. */
  private static final String REQUESTED_BY = "cost-service";

  private BudgetPlanner() {}

  /**
   * The plan.
   *
   * @param cost of the run now
   * @param done about its budget so far
   * @param justSaved whether a complete checkpoint was just heard of
   */
  public static BudgetPlan plan(CostUpdated cost, Enforcement done, boolean justSaved) {
    BudgetStatus budget = cost.budget();
    Money spent = cost.spent();
    if (budget == null || spent == null) {
      return new BudgetPlan(List.of(), null, done);
    }
    Level level = cost.ended() ? Level.WITHIN : budget.level();
    Level alert = level == Level.WITHIN ? null : level;
    List<RunAlerted> alerts = new ArrayList<>();
    if (alert != done.alert()) {
      if (done.alert() != null) {
        alerts.add(alert(cost, budget, spent, done.alert(), Status.CLEARED));
      }
      if (alert != null) {
        alerts.add(alert(cost, budget, spent, alert, Status.RAISED));
      }
    }
    boolean cancel =
        alert == Level.PASSED && !done.cancelRequested() && mustEnd(cost, budget, justSaved);
    return new BudgetPlan(
        alerts,
        cancel ? new CancelRequested(reason(budget, spent), REQUESTED_BY) : null,
        new Enforcement(alert, done.cancelRequested() || cancel));
  }

  /** Without machines there is no work to wait for. */
  private static boolean mustEnd(CostUpdated cost, BudgetStatus budget, boolean justSaved) {
    return switch (budget.action()) {
      case ALERT -> false;
      case CANCEL -> true;
      case CANCEL_AT_CHECKPOINT -> justSaved || !cost.accruing();
    };
  }

  private static String reason(BudgetStatus budget, Money spent) {
    return "The budget of " + text(budget.limit()) + " is passed: " + text(spent) + " were spent.";
  }

  private static RunAlerted alert(
      CostUpdated cost, BudgetStatus budget, Money spent, Level level, Status status) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("spent", text(spent));
    evidence.put("limit", text(budget.limit()));
    evidence.put("action", budget.action().word());
    put(evidence, "overshoot", budget.overshoot());
    put(evidence, "perHour", cost.perHour());
    boolean passed = level == Level.PASSED;
    return new RunAlerted(
        cost.runId(),
        passed ? "budget-passed" : "budget-near",
        status,
        passed ? Severity.CRITICAL : Severity.WARNING,
        passed
            ? "The run has cost more than its budget."
            : "The run has used four fifths of its budget.",
        suggestion(budget.action(), passed),
        evidence);
  }

  private static String suggestion(Budget.Action action, boolean passed) {
    return switch (action) {
      case ALERT ->
          passed
              ? "Cancel the run, or launch the next with a higher budget: nothing is done by itself."
              : "Decide whether the run may go on: nothing is done by itself.";
      case CANCEL_AT_CHECKPOINT ->
          passed
              ? "Nothing: the run is cancelled after its next complete checkpoint."
              : "Nothing, if the run may end after the checkpoint that follows its limit.";
      case CANCEL ->
          passed
              ? "Nothing: the run is being cancelled."
              : "Nothing, if the run may end at its limit.";
    };
  }

  private static void put(Map<String, String> evidence, String name, @Nullable Money money) {
    if (money != null) {
      evidence.put(name, text(money));
    }
  }

  private static String text(Money money) {
    return money.amount().toPlainString() + " " + money.currency();
  }
}
