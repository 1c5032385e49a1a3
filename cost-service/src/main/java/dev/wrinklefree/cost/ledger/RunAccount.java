package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.Output;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.accrual.Saves;
import dev.wrinklefree.cost.budget.Enforcement;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Meter;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.metering.Timeline;
import dev.wrinklefree.cost.run.RunFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run. Hearing something gives a new account; nothing here is changed.
 *
 * @param correlationId id of the launch request, once an event told it
 * @param launchFailed whether launch-service said that no job came of the run
 * @param observations every job state heard, in the order of delivery
 * @param cost what follows from them
 * @param enforcement what was done about the budget
 * @param facts what it is
 */
public record RunAccount(
    @Nullable String correlationId,
    boolean launchFailed,
    List<Observation> observations,
    RunCost cost,
    Enforcement enforcement,
    RunFacts facts) {

  /** Copies the list. */
  public RunAccount {
    observations = List.copyOf(observations);
  }

  /** The account of a run of which nothing is known. */
  public static RunAccount empty(RunId runId) {
    return new RunAccount(
        null, false, List.of(), RunCost.empty(runId), Enforcement.NONE, RunFacts.NONE);
  }

  /** With the launch request that began it, unless that is known. */
  public RunAccount correlatedWith(@Nullable String requestId) {
    return correlationId == null
        ? new RunAccount(requestId, launchFailed, observations, cost, enforcement, facts)
        : this;
  }

  /** It was accepted as that, with or without a budget. */
  public RunAccount accepted(RunFacts told, @Nullable Budget budget) {
    return new RunAccount(
        correlationId, launchFailed, observations, cost.within(budget), enforcement, told);
  }

  /** No job came of it. A job that shows up all the same is believed. */
  public RunAccount failedToLaunch() {
    return new RunAccount(
        correlationId,
        true,
        observations,
        cost.metered(cost.intervals(), cost.ended() || !knowsJob(observations)),
        enforcement,
        facts);
  }

  /** With one more job state; one that was heard before changes nothing. */
  public RunAccount heard(Observation observation, PricePinning pinning, Saves saves) {
    if (observations.stream().anyMatch(o -> o.identity().equals(observation.identity()))) {
      return this;
    }
    List<Observation> all = new ArrayList<>(observations);
    all.add(observation);
    Timeline timeline = Meter.read(all);
    return new RunAccount(
        correlationId,
        launchFailed,
        all,
        cost.metered(
            withSaves(pinning.pin(timeline.intervals(), cost.intervals()), saves),
            timeline.ended() || (launchFailed && !knowsJob(all))),
        enforcement,
        facts);
  }

  /** With one more complete checkpoint, which {@code saves} knows already. */
  public RunAccount saved(@Nullable Long step, Saves saves) {
    List<PricedInterval> intervals =
        cost.intervals().stream().map(interval -> interval.savedAsIn(saves)).toList();
    return with(
        cost.metered(intervals, cost.ended()).producing(cost.output().withCheckpoint(step)));
  }

  /** With what the training tells of itself. */
  public RunAccount progressed(@Nullable Long step, @Nullable Long tokens) {
    Output output = cost.output().withProgress(step, tokens);
    return with(cost.producing(output));
  }

  /** With what was done about its budget. */
  public RunAccount enforced(Enforcement done) {
    return new RunAccount(correlationId, launchFailed, observations, cost, done, facts);
  }

  private RunAccount with(RunCost other) {
    return new RunAccount(correlationId, launchFailed, observations, other, enforcement, facts);
  }

  /** An interval that is what it was keeps its last checkpoint; only the others are looked up. */
  private List<PricedInterval> withSaves(List<PricedInterval> intervals, Saves saves) {
    Map<MachineInterval, PricedInterval> before = new HashMap<>();
    cost.intervals().forEach(interval -> before.put(interval.interval(), interval));
    return intervals.stream()
        .map(
            interval -> {
              PricedInterval same = before.get(interval.interval());
              return same == null ? interval.savedAsIn(saves) : same;
            })
        .toList();
  }

  private static boolean knowsJob(List<Observation> observations) {
    return observations.stream().anyMatch(o -> o.state() != JobState.UNKNOWN);
  }
}
