package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a run's cost is computed from.
 *
 * @param runId the run
 * @param intervals when it had machines, oldest first, with their prices
 * @param ended whether it has ended
 * @param output what it has brought forth
 * @param budget most that it may cost; absent without a limit
 */
public record RunCost(
    RunId runId,
    List<PricedInterval> intervals,
    boolean ended,
    Output output,
    @Nullable Budget budget) {

  /** Copies the list. */
  public RunCost {
    intervals = List.copyOf(intervals);
  }

  /** A run of which nothing is known. */
  public static RunCost empty(RunId runId) {
    return new RunCost(runId, List.of(), false, Output.NONE, null);
  }

  /** With other intervals, and ended or not. */
  public RunCost metered(List<PricedInterval> others, boolean hasEnded) {
    return new RunCost(runId, others, hasEnded, output, budget);
  }

  /** With another output. */
  public RunCost producing(Output other) {
    return new RunCost(runId, intervals, ended, other, budget);
  }

  /** With a budget. */
  public RunCost within(@Nullable Budget limit) {
    return new RunCost(runId, intervals, ended, output, limit);
  }

  /** Whether it holds machines now. */
  public boolean accruing() {
    return intervals.stream().anyMatch(priced -> priced.interval().isOpen());
  }

  /** Whether money goes another way than in {@code other}: progress alone changes nothing. */
  public boolean differsInMoney(RunCost other) {
    return !intervals.equals(other.intervals)
        || ended != other.ended
        || output.checkpoints() != other.output.checkpoints();
  }

  /** What it has cost up to {@code asOf}. */
  public CostUpdated asOf(Instant asOf) {
    return Accrual.asOf(this, asOf);
  }
}
