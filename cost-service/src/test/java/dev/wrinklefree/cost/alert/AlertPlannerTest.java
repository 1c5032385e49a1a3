package dev.wrinklefree.cost.alert;

import static dev.wrinklefree.contract.event.AlertCode.BUDGET_NEAR;
import static dev.wrinklefree.contract.event.AlertCode.BUDGET_PASSED;
import static dev.wrinklefree.contract.event.AlertCode.PRICE_STALE;
import static dev.wrinklefree.contract.event.AlertCode.PRICE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Budget.Action;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Said;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run on machines at one dollar per minute, with a budget of 100 dollars. */
class AlertPlannerTest {

  private static final PinnedPrice FRESH =
      new PinnedPrice(Money.usd("60"), "list", LocalDate.parse("2026-11-20"));
  private static final PinnedPrice UNDATED = new PinnedPrice(Money.usd("60"), "list", null);

  @Test
  void shouldRaiseTheFirstBudgetAlertOnceAtFourFifths() {
    assertThat(plan(at(79, FRESH, null), List.of())).isEmpty();
    assertThat(plan(at(80, FRESH, null), List.of()))
        .containsExactly(tuple("budget-near", Status.RAISED));
    assertThat(plan(at(99, FRESH, null), List.of(BUDGET_NEAR))).isEmpty();
  }

  @Test
  void shouldReplaceTheFirstByTheSecondAndTellTheOvershoot() {
    List<RunAlerted> told = AlertPlanner.plan(at(107, FRESH, null), List.of(BUDGET_NEAR));

    assertThat(told)
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(
            tuple("budget-near", Status.CLEARED), tuple("budget-passed", Status.RAISED));
    assertThat(told.getLast().evidence())
        .containsEntry("spent", "107.00 USD")
        .containsEntry("limit", "100.00 USD")
        .containsEntry("overshoot", "7.00 USD")
        .containsEntry("action", "alert");
  }

  @Test
  void shouldKeepAPassedBudgetAfterTheEndAndClearTheRest() {
    assertThat(plan(at(104, UNDATED, 104), List.of(PRICE_STALE, BUDGET_PASSED)))
        .containsExactly(tuple("price-stale", Status.CLEARED));
    assertThat(plan(at(90, FRESH, 90), List.of(BUDGET_NEAR)))
        .containsExactly(tuple("budget-near", Status.CLEARED));
  }

  @Test
  void shouldClearAPassedBudgetWhenMoneyIsTakenBack() {
    assertThat(plan(at(90, FRESH, 90), List.of(BUDGET_PASSED)))
        .containsExactly(tuple("budget-passed", Status.CLEARED));
  }

  @Test
  void shouldNameMachinesWithoutAPrice() {
    List<RunAlerted> told = AlertPlanner.plan(at(10, null, null), List.of());

    assertThat(told).extracting(RunAlerted::code).containsExactly("price-unknown");
    assertThat(told.getFirst().evidence())
        .containsEntry("cloud", "nebius")
        .containsEntry("accelerators", "H100:1")
        .containsEntry("spot", "true")
        .doesNotContainKey("perHour");
    assertThat(plan(at(20, null, null), List.of(PRICE_UNKNOWN))).isEmpty();
  }

  @Test
  void shouldSayThatAPriceIsOld() {
    List<RunAlerted> told = AlertPlanner.plan(at(10, UNDATED, null), List.of());

    assertThat(told).extracting(RunAlerted::code).containsExactly("price-stale");
    assertThat(told.getFirst().severity()).isEqualTo(RunAlerted.Severity.INFO);
    assertThat(told.getFirst().evidence()).containsEntry("priceSource", "list");
  }

  /** Money may be taken back: an end that is learned late shortens what was counted. */
  @Property(seed = "20261123")
  void everyAlertIsRaisedAndClearedInTurn(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 130) Integer> minutes,
      @ForAll @Size(min = 20, max = 20) List<@IntRange(max = 2) Integer> prices,
      @ForAll boolean ended) {
    Set<AlertCode> open = new LinkedHashSet<>();
    Map<String, Status> last = new HashMap<>();
    List<CostUpdated> costs = new ArrayList<>();
    for (int i = 0; i < minutes.size(); i++) {
      costs.add(at(minutes.get(i), price(prices.get(i)), null));
    }
    if (ended) {
      costs.add(at(120, FRESH, 120));
    }
    for (CostUpdated cost : costs) {
      for (RunAlerted alert : AlertPlanner.plan(cost, List.copyOf(open))) {
        assertThat(last.put(alert.code(), alert.status())).isNotEqualTo(alert.status());
        AlertCode code = AlertCode.valueOf(alert.code().toUpperCase(Locale.ROOT).replace('-', '_'));
        if (alert.status() == Status.RAISED) {
          assertThat(open.add(code)).isTrue();
        } else {
          assertThat(open.remove(code)).isTrue();
        }
      }
    }
    if (ended) {
      assertThat(open).containsOnly(BUDGET_PASSED);
    }
  }

  private static @Nullable PinnedPrice price(int kind) {
    return switch (kind) {
      case 0 -> FRESH;
      case 1 -> UNDATED;
      default -> null;
    };
  }

  private static List<Tuple> plan(CostUpdated cost, List<AlertCode> open) {
    return AlertPlanner.plan(cost, open).stream()
        .map(alert -> tuple(alert.code(), alert.status()))
        .toList();
  }

  private static CostUpdated at(int minute, @Nullable PinnedPrice price, @Nullable Integer goneAt) {
    PricedInterval interval =
        new PricedInterval(
            new MachineInterval(Said.T0, goneAt == null ? null : Said.minute(goneAt), Said.NEBIUS),
            price,
            Duration.ZERO,
            null);
    return RunCost.empty(new RunId("my-run"))
        .metered(List.of(interval), goneAt != null)
        .within(new Budget(Money.usd("100"), Action.ALERT))
        .asOf(Said.minute(minute));
  }
}
