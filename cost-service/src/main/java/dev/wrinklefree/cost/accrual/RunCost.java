package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.outlook.LossRate;
import dev.wrinklefree.cost.outlook.Outlook;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that a run's cost is computed from.
 *
 * @param runId the run
 * @param intervals when it had machines, oldest first, with their prices
 * @param ended whether it has ended
 * @param output what it has brought forth
 * @param budget most that it may cost; absent without a limit
 * @param outlook what is known of its future
 */
public record RunCost(
    RunId runId,
    List<PricedInterval> intervals,
    boolean ended,
    Output output,
    @Nullable Budget budget,
    Outlook outlook) {

  /** Copies the list. */
  public RunCost {
    intervals = List.copyOf(intervals);
  }

  /** A run of which nothing is known. */
  public static RunCost empty(RunId runId) {
    return new RunCost(runId, List.of(), false, Output.NONE, null, Outlook.UNKNOWN);
  }

  /** With other intervals, and ended or not. */
  public RunCost metered(List<PricedInterval> others, boolean hasEnded) {
    return new RunCost(runId, others, hasEnded, output, budget, outlook);
  }

  /** With another output. */
  public RunCost producing(Output other) {
    return new RunCost(runId, intervals, ended, other, budget, outlook);
  }

  /** With a budget. */
  public RunCost within(@Nullable Budget limit) {
    return new RunCost(runId, intervals, ended, output, limit, outlook);
  }

  /** With another outlook. */
  public RunCost expecting(Outlook other) {
    return new RunCost(runId, intervals, ended, output, budget, other);
  }

  /** Whether it holds machines now. */
  public boolean accruing() {
    return intervals.stream().anyMatch(priced -> priced.interval().isOpen());
  }

  /** Whole seconds with machines up to {@code at}, whatever came of them. */
  public long machineSecondsUpTo(Instant at) {
    return intervals.stream().mapToLong(interval -> interval.secondsUpTo(at)).sum();
  }

  /**
   * Whether the machines of an interval went away before the work was done. The last of an ended
   * run took it to its end.
   */
  boolean lostItsWork(int index) {
    boolean last = index == intervals.size() - 1;
    return !intervals.get(index).interval().isOpen() && !(last && ended);
  }

  /** How long it still needs machines, as far as that is known; empty once it has ended. */
  public Optional<Remaining> remaining(Instant asOf) {
    return new Prospects(this, asOf).remaining();
  }

  /** How often its machines went away before the work was done. */
  public int losses() {
    return (int) IntStream.range(0, intervals.size()).filter(this::lostItsWork).count();
  }

  /** How often its machines are lost. */
  public LossRate lossRate(Instant asOf) {
    return new Prospects(this, asOf).lossRate();
  }

  /** Whether money goes another way than in {@code other}: progress alone changes nothing. */
  public boolean differsInMoney(RunCost other) {
    return !intervals.equals(other.intervals)
        || ended != other.ended
        || output.checkpoints() != other.output.checkpoints()
        || !Objects.equals(outlook.quote(), other.outlook.quote());
  }

  /** What it has cost up to {@code asOf}. */
  public CostUpdated asOf(Instant asOf) {
    return Accrual.asOf(this, asOf);
  }
}
