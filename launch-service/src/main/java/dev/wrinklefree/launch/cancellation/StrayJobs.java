package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.cancellation.CancelRecords.Subject;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.RunJobs;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.work.Later;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the live jobs of a run that are not its job: a request that was lost on its way may arrive
 * after another was sent, or after the run was given up. Only jobs that bear both marks of the run
 * are touched, by their ids.
 */
final class StrayJobs {

  private static final Logger LOGGER = LoggerFactory.getLogger(StrayJobs.class);

  private final SkyPilot skyPilot;
  private final CancelRecords records;
  private final LookPlan plan;
  private final StrayMetrics metrics;
  private final Duration interval;
  private final Duration maxAge;
  private final InstantSource clock;

  /**
   * @param interval wait before another look at a queue that could not be read, or at a stray that
   *     is being cancelled
   * @param maxAge how long that goes on
   */
  StrayJobs(
      SkyPilot skyPilot,
      CancelRecords records,
      LookPlan plan,
      StrayMetrics metrics,
      Duration interval,
      Duration maxAge,
      InstantSource clock) {
    this.skyPilot = skyPilot;
    this.records = records;
    this.plan = plan;
    this.metrics = metrics;
    this.interval = interval;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** Looks once; nothing if that was the last look. */
  Optional<Later<StrayWatch>> look(RunId runId, StrayWatch watch) {
    Optional<Subject> subject = records.load(runId);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    List<Long> strays;
    boolean moreMayCome;
    try {
      moreMayCome = !skyPilot.launchesUnderWay(runId.value()).isEmpty();
      strays = strays(runId, subject.get());
      report(watch.underWay(), strays);
      if (!strays.isEmpty()) {
        skyPilot.cancelJobs(strays);
      }
    } catch (SkyPilotException e) {
      LOGGER.warn("Stray jobs will be looked for again: {}", e.getMessage());
      return unlessTooOld(watch);
    }
    return strays.isEmpty() && !moreMayCome
        ? plan.after(watch, clock.instant()).map(next -> new Later<>(next, untilDue(next)))
        : unlessTooOld(new StrayWatch(watch.since(), watch.first(), strays));
  }

  private List<Long> strays(RunId runId, Subject subject) {
    List<Long> live = RunJobs.live(runId, skyPilot.queue(QueueQuery.ofName(runId.value())).jobs());
    return switch (subject.state()) {
      case Submitted job when !subject.cancelRequested() ->
          live.stream().filter(id -> id != job.jobId()).toList();
      case Submitted ignored -> live;
      case RunState.Ended ignored -> live;
      // Which job is the run's is not decided yet.
      case RunState.Accepted ignored -> List.of();
      case RunState.Submitting ignored -> List.of();
    };
  }

  private void report(List<Long> before, List<Long> now) {
    List<Long> fresh = now.stream().filter(id -> !before.contains(id)).toList();
    if (!fresh.isEmpty()) {
      LOGGER.error("Stray jobs of the run are being cancelled: {}", fresh);
      metrics.found(fresh.size());
    }
    List<Long> ended = before.stream().filter(id -> !now.contains(id)).toList();
    if (!ended.isEmpty()) {
      LOGGER.info("Stray jobs of the run have ended: {}", ended);
      metrics.ended(ended.size());
    }
  }

  private Optional<Later<StrayWatch>> unlessTooOld(StrayWatch watch) {
    if (clock.instant().isBefore(watch.since().plus(maxAge))) {
      return Optional.of(new Later<>(watch, interval));
    }
    LOGGER.error("Stray jobs are given up after {}: {}", maxAge, watch.underWay());
    return Optional.empty();
  }

  private Duration untilDue(StrayWatch next) {
    Instant now = clock.instant();
    Instant due = plan.due(next);
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }
}
