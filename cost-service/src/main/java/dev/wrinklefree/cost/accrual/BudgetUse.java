package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import java.math.BigDecimal;

/** Holds what was spent against a budget. */
final class BudgetUse {

  /** From here on a budget is nearly used up: early enough to act, late enough to matter. */
  private static final BigDecimal NEAR = new BigDecimal("0.8");

  private BudgetUse() {}

  static BudgetStatus of(Budget budget, Money spent) {
    BigDecimal limit = budget.limit().amount();
    if (spent.amount().compareTo(limit) > 0) {
      Money overshoot = new Money(spent.amount().subtract(limit), spent.currency());
      return new BudgetStatus(budget.limit(), budget.action(), Level.PASSED, overshoot);
    }
    boolean near = spent.amount().compareTo(limit.multiply(NEAR)) >= 0;
    return new BudgetStatus(
        budget.limit(), budget.action(), near ? Level.NEAR : Level.WITHIN, null);
  }
}
