package dev.wrinklefree.cost.budget;

import static dev.wrinklefree.cost.budget.Spending.cost;
import static dev.wrinklefree.cost.budget.Spending.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Budget.Action;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BudgetPlannerPropertiesTest {

  /** Money may be taken back: an end that is learned late shortens what was counted. */
  @Property(seed = "20261123")
  void eachAlertIsRaisedAndClearedInTurnAndTheEndIsAskedForOnce(
      @ForAll Action action,
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 130) Integer> minutes,
      @ForAll boolean saves) {
    List<RunAlerted> told = new ArrayList<>();
    int cancels = 0;
    Enforcement done = Enforcement.NONE;
    for (int minute : minutes) {
      BudgetPlan plan = plan(action, minute, done, saves);
      told.addAll(plan.alerts());
      cancels += plan.cancel() == null ? 0 : 1;
      done = plan.next();
    }
    told.addAll(BudgetPlanner.plan(cost(action, 120, 120, true), done, saves).alerts());

    assertThat(cancels).isLessThanOrEqualTo(1);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).status()).isEqualTo(i % 2 == 0 ? Status.RAISED : Status.CLEARED);
      if (i % 2 == 1) {
        assertThat(told.get(i).code()).isEqualTo(told.get(i - 1).code());
      }
    }
    assertThat(told.size() % 2).isZero();
  }
}
