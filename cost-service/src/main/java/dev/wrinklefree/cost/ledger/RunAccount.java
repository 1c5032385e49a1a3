package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.metering.Meter;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.metering.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run. Hearing something gives a new account; nothing here is changed.
 *
 * @param correlationId id of the launch request, once an event told it
 * @param launchFailed whether launch-service said that no job came of the run
 * @param observations every job state heard, in the order of delivery
 * @param cost what follows from them
 */
public record RunAccount(
    @Nullable String correlationId,
    boolean launchFailed,
    List<Observation> observations,
    RunCost cost) {

  /** Copies the list. */
  public RunAccount {
    observations = List.copyOf(observations);
  }

  /** The account of a run of which nothing is known. */
  public static RunAccount empty(RunId runId) {
    return new RunAccount(null, false, List.of(), new RunCost(runId, List.of(), false));
  }

  /** With the launch request that began it, unless that is known. */
  public RunAccount correlatedWith(@Nullable String requestId) {
    return correlationId == null
        ? new RunAccount(requestId, launchFailed, observations, cost)
        : this;
  }

  /** No job came of it. A job that shows up all the same is believed. */
  public RunAccount failedToLaunch() {
    return new RunAccount(
        correlationId,
        true,
        observations,
        new RunCost(cost.runId(), cost.intervals(), cost.ended() || !knowsJob(observations)));
  }

  /** With one more job state; one that was heard before changes nothing. */
  public RunAccount heard(Observation observation, PricePinning pinning) {
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
        new RunCost(
            cost.runId(),
            pinning.pin(timeline.intervals(), cost.intervals()),
            timeline.ended() || (launchFailed && !knowsJob(all))));
  }

  private static boolean knowsJob(List<Observation> observations) {
    return observations.stream().anyMatch(o -> o.state() != JobState.UNKNOWN);
  }
}
