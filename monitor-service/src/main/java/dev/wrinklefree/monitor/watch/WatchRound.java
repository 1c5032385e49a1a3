package dev.wrinklefree.monitor.watch;

import static java.util.Objects.requireNonNull;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One round of the watch: read, find, plan, tell. */
public final class WatchRound {
  private final Ledger ledger;
  private final QueueReader queue;
  private final ChangePlanner planner;
  private final InstantSource clock;
  private final WatchMetrics metrics;
  private final WatchLog log;
  private final Settling settling;
  private final QuietRuns quiet = new QuietRuns();

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
    this.settling = new Settling(ledger, metrics);
  }

  /**
   * Runs the round to its end. Without runs to look for, SkyPilot is asked for one row only, to
   * know whether it could be watched.
   */
  public void run() {
    metrics.round().record(this::reconcile);
  }

  private void reconcile() {
    Watched watched = ledger.watched(clock.instant());
    metrics.watching(watched.runs().size());
    if (watched.runs().isEmpty()) {
      judge(List.of(queue.glance()));
      return;
    }
    Reading active = queue.unfinished();
    Observation unfinished = Observation.ofActive(active);
    List<RecordedJob> stirring = quiet.without(watched.runs(), unfinished);
    List<RecordedJob> runs =
        stirring.stream().map(run -> run.seenTogether(watched.seenTogetherAt())).toList();
    Map<RunId, Finding> findings = observe(runs, active, unfinished).findings(runs);
    SortedMap<RunId, Finding> news = new TreeMap<>();
    List<RecordedJob> seenAgain = new ArrayList<>();
    for (int index = 0; index < runs.size(); index++) {
      RecordedJob run = runs.get(index);
      Finding finding = requireNonNull(findings.get(run.runId()), "each run has a finding");
      switch (planner.plan(run, finding)) {
        case Plan.Tell ignored -> news.put(run.runId(), finding);
        case Plan.Remember ignored -> news.put(run.runId(), finding);
        case Plan.Unchanged ignored -> {
          quiet.add(stirring.get(index), finding);
          seenAgain.add(run);
        }
        case Plan.Nothing ignored -> {}
      }
    }
    if (settling.settle(news)) {
      noteTogether(seenAgain, active.readAt());
    } else {
      noteEach(seenAgain, active.readAt());
    }
  }

  /** Steady jobs were all seen again, or what was seen instead has been recorded. */
  private void noteTogether(List<RecordedJob> seenAgain, Instant readAt) {
    List<RunId> others =
        seenAgain.stream().filter(run -> !run.isSteady()).map(RecordedJob::runId).toList();
    if (!others.isEmpty()) {
      ledger.seenAgain(others, readAt);
    }
    if (!quiet.isEmpty() || others.size() < seenAgain.size()) {
      ledger.seenTogether(readAt);
    }
  }

  /**
   * Some steady job was not seen again, and that could not be recorded: it was not seen with all.
   */
  private void noteEach(List<RecordedJob> seenAgain, Instant readAt) {
    Set<RunId> runs = new HashSet<>(quiet.runIds());
    seenAgain.forEach(run -> runs.add(run.runId()));
    if (!runs.isEmpty()) {
      ledger.seenAgain(runs, readAt);
    }
  }

  /** What the unfinished jobs show, and whatever else has to be asked for these runs. */
  private Observation observe(List<RecordedJob> runs, Reading active, Observation unfinished) {
    List<Reading> readings = new ArrayList<>(List.of(active));
    Observation observation = unfinished;
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
}
