package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.observation.Observation;
import dev.wrinklefree.monitor.observation.Places;
import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.state.Recovery;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of the watch: read, find, plan, tell. */
public final class WatchRound {
  private static final Logger LOGGER = LoggerFactory.getLogger(WatchRound.class);

  /** Changes that are recorded in one transaction. One more saves little and keeps locks longer. */
  private static final int TOGETHER = 50;

  private final Ledger ledger;
  private final QueueReader queue;
  private final ChangePlanner planner;
  private final InstantSource clock;
  private final WatchMetrics metrics;
  private final WatchLog log;

  /** A round over that ledger and that queue. */
  public WatchRound(
      Ledger ledger,
      QueueReader queue,
      ChangePlanner planner,
      InstantSource clock,
      WatchMetrics metrics,
      WatchLog log) {
    this.ledger = ledger;
    this.queue = queue;
    this.planner = planner;
    this.clock = clock;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * Runs the round to its end. Without runs to look for, SkyPilot is asked for one row only, to
   * know whether it could be watched.
   */
  public void run() {
    metrics.round().record(this::reconcile);
  }

  private void reconcile() {
    List<RecordedJob> runs = ledger.watched(clock.instant());
    metrics.watching(runs.size());
    if (runs.isEmpty()) {
      judge(List.of(queue.glance()));
      return;
    }
    Map<RunId, Finding> findings = observe(runs).findings(runs);
    SortedMap<RunId, Finding> news = new TreeMap<>();
    List<RunId> seenAgain = new ArrayList<>();
    Instant readAt = Instant.MAX;
    for (RecordedJob run : runs) {
      Finding finding = findings.get(run.runId());
      if (finding == null) {
        continue;
      }
      switch (planner.plan(run, finding)) {
        case Plan.Tell ignored -> news.put(run.runId(), finding);
        case Plan.Remember ignored -> news.put(run.runId(), finding);
        case Plan.Unchanged ignored -> {
          seenAgain.add(run.runId());
          readAt = finding.readAt();
        }
        case Plan.Nothing ignored -> {}
      }
    }
    settle(news);
    if (!seenAgain.isEmpty()) {
      ledger.seenAgain(seenAgain, readAt);
    }
  }

  private Observation observe(List<RecordedJob> runs) {
    List<Reading> readings = new ArrayList<>();
    readings.add(queue.unfinished());
    Observation observation = Observation.ofActive(readings.getFirst());
    Set<Long> unseen = observation.unseenIds(runs);
    Set<RunId> unseenNames = observation.unseenNames(runs);
    if (!unseen.isEmpty()) {
      readings.add(queue.jobs(unseen));
      observation = observation.withTargeted(unseen, readings.getLast());
    }
    if (!unseenNames.isEmpty()) {
      readings.add(queue.named(unseenNames));
      observation = observation.withNamed(unseenNames, readings.getLast());
    }
    judge(readings);
    Map<Long, JobRecord> unplaced = unplaced(runs, observation);
    return unplaced.isEmpty() ? observation : observation.withPlacements(places(unplaced));
  }

  /** A row that SkyPilot cannot read is told of its run, and is no reason to distrust the rest. */
  private void judge(List<Reading> readings) {
    Instant now = clock.instant();
    readings.stream()
        .map(Reading::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresentOrElse(
            reason -> log.failed(reason, now),
            () -> {
              metrics.readSucceeded();
              log.succeeded(now);
            });
  }

  private static Map<Long, JobRecord> unplaced(List<RecordedJob> runs, Observation observation) {
    Map<Long, JobRecord> unplaced = new HashMap<>();
    Map<RunId, Finding> findings = observation.findings(runs);
    for (RecordedJob run : runs) {
      if (findings.get(run.runId()) instanceof Finding.Seen seen
          && Recovery.placementIsWanted(run, seen.row())) {
        unplaced.put(seen.row().jobId(), seen.row());
      }
    }
    return unplaced;
  }

  private Map<Long, Placement> places(Map<Long, JobRecord> unplaced) {
    Map<Long, Placement> places = new HashMap<>();
    for (JobRecord placed : queue.placements(unplaced.keySet()).rows()) {
      JobRecord asked = unplaced.get(placed.jobId());
      // The job may have moved on between the two readings: its place is then another attempt's.
      if (asked != null && asked.times().equals(placed.times())) {
        Places.of(placed.placement()).ifPresent(place -> places.put(placed.jobId(), place));
      }
    }
    return places;
  }

  private void settle(SortedMap<RunId, Finding> news) {
    SortedMap<RunId, Finding> chunk = new TreeMap<>();
    news.forEach(
        (runId, finding) -> {
          chunk.put(runId, finding);
          if (chunk.size() == TOGETHER) {
            settleTogether(chunk);
            chunk.clear();
          }
        });
    if (!chunk.isEmpty()) {
      settleTogether(chunk);
    }
  }

  /** One run that cannot be recorded must not keep the others from being told. */
  private void settleTogether(SortedMap<RunId, Finding> chunk) {
    if (chunk.size() > 1) {
      try {
        ledger.settleTogether(chunk).forEach(this::settled);
        return;
      } catch (RuntimeException e) {
        LOGGER.atWarn().setCause(e).log("Jobs were not recorded together; each is tried alone");
      }
    }
    chunk.forEach(this::settle);
  }

  private void settle(RunId runId, Finding finding) {
    try {
      settled(runId, ledger.settle(runId, finding));
    } catch (RuntimeException e) {
      metrics.settlementFailed();
      LOGGER.atError().setCause(e).addKeyValue("runId", runId).log("Job was not recorded");
    }
  }

  private void settled(RunId runId, Settlement settlement) {
    metrics.settled(settlement);
    if (settlement.plan() instanceof Plan.Tell tell) {
      LOGGER
          .atInfo()
          .addKeyValue("runId", runId)
          .addKeyValue("jobId", tell.data().skypilotJobId())
          .addKeyValue("state", tell.data().state())
          .addKeyValue("attempt", tell.data().attempt())
          .log("Job state changed");
    }
  }
}
