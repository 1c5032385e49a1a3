package dev.wrinklefree.cost.budget;

import static dev.wrinklefree.cost.budget.Spending.cost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.value.Budget.Action;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BudgetPlannerTest {

  @Property(seed = "20261123")
  void doesNothingWithinTheBudgetNorAfterTheEnd(
      @ForAll Action action,
      @ForAll @IntRange(max = 100) int minute,
      @ForAll boolean asked,
      @ForAll boolean saved) {
    assertThat(plan(action, minute, asked, saved)).isEmpty();
    assertThat(BudgetPlanner.plan(cost(action, 120, 120, true), asked, saved)).isEmpty();
  }

  @Test
  void shouldOnlyTellWhereThatIsAllThatIsWanted() {
    assertThat(plan(Action.ALERT, 107, false, true)).isEmpty();
  }

  @Test
  void shouldCancelAtOnceAndOnce() {
    assertThat(plan(Action.CANCEL, 101, false, false).orElseThrow().reason())
        .contains("100.00 USD")
        .contains("101.00 USD");
    assertThat(plan(Action.CANCEL, 102, true, false)).isEmpty();
  }

  @Test
  void shouldWaitForTheNextCheckpointWhileThereIsWorkToSave() {
    assertThat(plan(Action.CANCEL_AT_CHECKPOINT, 101, false, false)).isEmpty();
    assertThat(plan(Action.CANCEL_AT_CHECKPOINT, 111, false, true)).isPresent();
  }

  @Test
  void shouldNotWaitForACheckpointOfMachinesThatAreGone() {
    assertThat(BudgetPlanner.plan(cost(Action.CANCEL_AT_CHECKPOINT, 101, 101, false), false, false))
        .isPresent();
  }

  private static Optional<CancelRequested> plan(
      Action action, int minute, boolean asked, boolean justSaved) {
    return BudgetPlanner.plan(cost(action, minute, null, false), asked, justSaved);
  }
}
