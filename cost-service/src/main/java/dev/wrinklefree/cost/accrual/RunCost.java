package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;

/**
 * All that a run's cost is computed from.
 *
 * @param runId the run
 * @param intervals when it had machines, oldest first, with their prices
 * @param ended whether it has ended
 */
public record RunCost(RunId runId, List<PricedInterval> intervals, boolean ended) {

  /** Copies the list. */
  public RunCost {
    intervals = List.copyOf(intervals);
  }

  /** Whether it holds machines now. */
  public boolean accruing() {
    return intervals.stream().anyMatch(priced -> priced.interval().isOpen());
  }

  /** What it has cost up to {@code asOf}. */
  public CostUpdated asOf(Instant asOf) {
    return Accrual.asOf(this, asOf);
  }
}
