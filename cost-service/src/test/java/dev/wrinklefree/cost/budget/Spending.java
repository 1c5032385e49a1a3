package dev.wrinklefree.cost.budget;

import dev.wrinklefree.contract.event.CostUpdated;
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
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run on machines at one dollar per minute, with a budget of 100 dollars. */
public final class Spending {

  private Spending() {}

  /** What it has cost at a minute, with machines that are there or went at another. */
  public static CostUpdated cost(
      Action action, int minute, @Nullable Integer goneAt, boolean ended) {
    Instant to = goneAt == null ? null : Said.minute(goneAt);
    PricedInterval interval =
        new PricedInterval(
            new MachineInterval(Said.T0, to, Said.NEBIUS),
            new PinnedPrice(Money.usd("60"), "test", null),
            Duration.ZERO,
            null);
    return RunCost.empty(new RunId("my-run"))
        .metered(List.of(interval), ended)
        .within(new Budget(Money.usd("100"), action))
        .asOf(Said.minute(minute));
  }
}
