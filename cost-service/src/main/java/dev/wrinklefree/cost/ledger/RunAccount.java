package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.Output;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.accrual.Saves;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Meter;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.metering.Timeline;
import dev.wrinklefree.cost.outlook.Pace;
import dev.wrinklefree.cost.outlook.Reading;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import dev.wrinklefree.cost.run.RunFacts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run. Hearing something gives a new account; nothing here is changed.
 *
 * @param correlationId id of the launch request, once an event told it
 * @param launchFailed whether launch-service said that no job came of the run
 * @param observations every job state heard, in the order of delivery
 * @param cost what follows from them
 * @param cancelRequested whether its end was asked for because of its budget, which is done once
 * @param facts what it is
 */
public record RunAccount(
    @Nullable String correlationId,
    boolean launchFailed,
    List<Observation> observations,
    RunCost cost,
    boolean cancelRequested,
    RunFacts facts) {

  private static final int PERCENT = 100;

  /** Copies the list. */
  public RunAccount {
    observations = List.copyOf(observations);
  }

  /** The account of a run of which nothing is known. */
  public static RunAccount empty(RunId runId) {
    return new RunAccount(null, false, List.of(), RunCost.empty(runId), false, RunFacts.NONE);
  }

  /** With the launch request that began it, unless that is known. */
  public RunAccount correlatedWith(@Nullable String requestId) {
    return correlationId == null
        ? new RunAccount(requestId, launchFailed, observations, cost, cancelRequested, facts)
        : this;
  }

  /** It was accepted as that, perhaps with a budget and an expectation of its cost. */
  public RunAccount accepted(RunFacts told, @Nullable Budget budget, @Nullable Quote quote) {
    return new RunAccount(
        correlationId,
        launchFailed,
        observations,
        cost.within(budget).expecting(cost.outlook().quoted(quote)),
        cancelRequested,
        told);
  }

  /** No job came of it. A job that shows up all the same is believed. */
  public RunAccount failedToLaunch() {
    return new RunAccount(
        correlationId,
        true,
        observations,
        cost.metered(cost.intervals(), cost.ended() || !knowsJob(observations)),
        cancelRequested,
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
        cancelRequested,
        facts);
  }

  /**
   * With one more complete checkpoint.
   *
   * @param saves knows it already
   * @param newest the newest checkpoints with this one, in the order of time
   */
  public RunAccount saved(@Nullable Long step, Saves saves, List<SaveRhythm.Save> newest) {
    List<PricedInterval> intervals =
        cost.intervals().stream().map(interval -> interval.savedAsIn(saves)).toList();
    SaveRhythm rhythm =
        SaveRhythm.of(newest, (one, other) -> Objects.equals(machinesAt(one), machinesAt(other)));
    return with(
        cost.metered(intervals, cost.ended())
            .producing(cost.output().withCheckpoint(step))
            .expecting(cost.outlook().saving(rhythm)));
  }

  /**
   * With what the training tells of itself.
   *
   * @param at when it was so far
   */
  public RunAccount progressed(TrainingProgressed said, Instant at) {
    Output output = cost.output().withProgress(said.step(), said.tokens());
    Pace pace = cost.outlook().pace();
    return with(
        cost.producing(output)
            .expecting(cost.outlook().at(reading(said, at).map(pace::heard).orElse(pace))));
  }

  /** Its end was asked for. */
  public RunAccount cancelling() {
    return new RunAccount(correlationId, launchFailed, observations, cost, true, facts);
  }

  /** What is needed to tell its cost. */
  Tellable tellable() {
    return new Tellable(cost, correlationId, cancelRequested);
  }

  /** Whether its job ended well, by the last word of it. */
  public boolean succeeded() {
    return observations.stream()
        .filter(observation -> observation.state() != JobState.UNKNOWN)
        .max(Observation.AS_SAID)
        .map(last -> last.state() == JobState.SUCCEEDED)
        .orElse(false);
  }

  private Optional<Reading> reading(TrainingProgressed said, Instant at) {
    Instant since = machinesAt(at);
    Double percent = said.percentComplete();
    Long step = said.step();
    Long planned = facts.plannedSteps();
    if (since == null) {
      return Optional.empty();
    }
    long seconds = cost.machineSecondsUpTo(at);
    if (percent != null && percent >= 0 && percent <= PERCENT) {
      return Optional.of(
          new Reading(since, seconds, BigDecimal.valueOf(percent), BigDecimal.valueOf(PERCENT)));
    }
    return step == null || step < 0 || planned == null
        ? Optional.empty()
        : Optional.of(
            new Reading(since, seconds, BigDecimal.valueOf(step), BigDecimal.valueOf(planned)));
  }

  /** When the machines came that there were at that instant, or the last before. */
  private @Nullable Instant machinesAt(Instant at) {
    return cost.intervals().stream()
        .map(interval -> interval.interval().from())
        .filter(from -> !from.isAfter(at))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private RunAccount with(RunCost other) {
    return new RunAccount(correlationId, launchFailed, observations, other, cancelRequested, facts);
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
