package dev.wrinklefree.cost.budget;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.value.Money;
import java.util.Optional;

/** Decides whether a run has to end because of its budget. */
public final class BudgetPlanner {

  /** Who asks for the end of a run. */
  private static final String REQUESTED_BY = "cost-service";

  private BudgetPlanner() {}

  /**
   * The request for the run's end, where it is due.
   *
   * @param cost of the run now
   * @param cancelRequested whether its end was asked for before, which is done once
   * @param justSaved whether a complete checkpoint was just heard of
   */
  public static Optional<CancelRequested> plan(
      CostUpdated cost, boolean cancelRequested, boolean justSaved) {
    BudgetStatus budget = cost.budget();
    Money spent = cost.spent();
    return budget != null
            && spent != null
            && budget.level() == Level.PASSED
            && !cost.ended()
            && !cancelRequested
            && mustEnd(cost, budget, justSaved)
        ? Optional.of(new CancelRequested(reason(budget, spent), REQUESTED_BY))
        : Optional.empty();
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

  private static String text(Money money) {
    return money.amount().toPlainString() + " " + money.currency();
  }
}
