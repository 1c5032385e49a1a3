package dev.wrinklefree.cost.budget;

import static dev.wrinklefree.cost.budget.Spending.cost;
import static dev.wrinklefree.cost.budget.Spending.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus.Level;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Budget.Action;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetPlannerTest {

  private static final Enforcement NEAR = new Enforcement(Level.NEAR, false);

  @ParameterizedTest
  @EnumSource(Action.class)
  void shouldDoNothingWithinTheBudget(Action action) {
    assertThat(plan(action, 79, Enforcement.NONE, true))
        .isEqualTo(new BudgetPlan(List.of(), null, Enforcement.NONE));
  }

  @Test
  void shouldRaiseTheFirstAlertOnceAtFourFifths() {
    BudgetPlan first = plan(Action.CANCEL, 80, Enforcement.NONE, false);

    assertThat(first.alerts())
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(tuple("budget-near", Status.RAISED));
    assertThat(first.cancel()).isNull();
    assertThat(plan(Action.CANCEL, 99, first.next(), false).alerts()).isEmpty();
  }

  @Test
  void shouldReplaceTheFirstAlertByTheSecondAndTellTheOvershoot() {
    BudgetPlan plan = plan(Action.ALERT, 107, NEAR, true);

    assertThat(plan.alerts())
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(
            tuple("budget-near", Status.CLEARED), tuple("budget-passed", Status.RAISED));
    assertThat(plan.alerts().getLast().evidence())
        .containsEntry("spent", "107.00 USD")
        .containsEntry("limit", "100.00 USD")
        .containsEntry("overshoot", "7.00 USD");
    assertThat(plan.cancel()).isNull();
  }

  @Test
  void shouldCancelAtOnceAndOnce() {
    BudgetPlan plan = plan(Action.CANCEL, 101, NEAR, false);

    assertThat(Objects.requireNonNull(plan.cancel()).reason())
        .contains("100.00 USD")
        .contains("101.00 USD");
    assertThat(plan(Action.CANCEL, 102, plan.next(), false).cancel()).isNull();
  }

  @Test
  void shouldWaitForTheNextCheckpointWhileThereIsWorkToSave() {
    BudgetPlan passed = plan(Action.CANCEL_AT_CHECKPOINT, 101, NEAR, false);

    assertThat(passed.cancel()).isNull();
    assertThat(plan(Action.CANCEL_AT_CHECKPOINT, 110, passed.next(), false).cancel()).isNull();
    assertThat(plan(Action.CANCEL_AT_CHECKPOINT, 111, passed.next(), true).cancel()).isNotNull();
  }

  @Test
  void shouldNotWaitForACheckpointOfMachinesThatAreGone() {
    CostUpdated recovering = cost(Action.CANCEL_AT_CHECKPOINT, 101, 101, false);

    assertThat(BudgetPlanner.plan(recovering, NEAR, false).cancel()).isNotNull();
  }

  @Test
  void shouldClearTheAlertWhenTheRunEndsAndReportTheOvershoot() {
    CostUpdated ended = cost(Action.CANCEL, 104, 104, true);

    BudgetPlan plan = BudgetPlanner.plan(ended, new Enforcement(Level.PASSED, true), false);

    assertThat(plan.alerts())
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(tuple("budget-passed", Status.CLEARED));
    assertThat(plan.alerts().getFirst().evidence()).containsEntry("overshoot", "4.00 USD");
    assertThat(plan.cancel()).isNull();
    assertThat(plan.next()).isEqualTo(new Enforcement(null, true));
  }
}
