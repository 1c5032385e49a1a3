package dev.wrinklefree.monitor.history;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.watch.Ledger;
import dev.wrinklefree.monitor.watch.Settlement;
import dev.wrinklefree.monitor.watch.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger's rules without its database: the same planner decides, and the same runs are kept.
 */
final class LedgerInMemory implements Ledger {
  private final ChangePlanner planner;
  private final InstantSource clock;
  private final Duration recheckEnded;
  private final TreeMap<RunId, RecordedJob> jobs = new TreeMap<>();
  private Instant seenTogetherAt = Instant.EPOCH;
  private final Map<RunId, Instant> watchUntil = new HashMap<>();
  private final Map<RunId, List<Plan.Tell>> told = new HashMap<>();

  LedgerInMemory(ChangePlanner planner, InstantSource clock, Duration recheckEnded) {
    this.planner = planner;
    this.clock = clock;
    this.recheckEnded = recheckEnded;
  }

  void accepted(RunId run) {
    jobs.putIfAbsent(run, RecordedJob.unseen(run, null));
  }

  void submitted(RunId run, long jobId) {
    jobs.put(run, job(run).following(jobId));
    watchUntil.remove(run);
  }

  boolean knows(RunId run) {
    return jobs.containsKey(run);
  }

  RecordedJob job(RunId run) {
    return jobs.getOrDefault(run, RecordedJob.unseen(run, null));
  }

  List<Plan.Tell> told(RunId run) {
    return told.computeIfAbsent(run, key -> new ArrayList<>());
  }

  @Override
  public Watched watched(Instant now) {
    return new Watched(watchedJobs(now), seenTogetherAt);
  }

  private List<RecordedJob> watchedJobs(Instant now) {
    return jobs.values().stream()
        .filter(
            job ->
                watchUntil.getOrDefault(job.runId(), Instant.MAX).isAfter(now)
                    || job.missedSince() != null
                    || job.doubtedSince() != null)
        .toList();
  }

  @Override
  public Settlement settle(RunId runId, Finding finding) {
    Instant now = clock.instant();
    if (finding.readAt().isBefore(seenTogetherAt)) {
      return new Settlement(new Plan.Nothing(), now);
    }
    Plan plan = planner.plan(job(runId).seenTogether(seenTogetherAt), finding);
    switch (plan) {
      case Plan.Tell tell -> {
        jobs.put(runId, tell.next());
        told(runId).add(tell);
        if (tell.next().hasEnded()) {
          watchUntil.put(runId, now.plus(recheckEnded));
        } else {
          watchUntil.remove(runId);
        }
      }
      case Plan.Remember remember -> jobs.put(runId, remember.next());
      case Plan.Unchanged ignored -> {}
      case Plan.Nothing ignored -> {}
    }
    return new Settlement(plan, now);
  }

  @Override
  public Map<RunId, Settlement> settleTogether(SortedMap<RunId, Finding> findings) {
    Map<RunId, Settlement> settled = new LinkedHashMap<>();
    findings.forEach((run, finding) -> settled.put(run, settle(run, finding)));
    return settled;
  }

  @Override
  public void seenTogether(Instant readAt) {
    seenTogetherAt = readAt.isAfter(seenTogetherAt) ? readAt : seenTogetherAt;
  }

  @Override
  public void seenAgain(Collection<RunId> runIds, Instant readAt) {
    for (RunId run : runIds) {
      RecordedJob job = job(run);
      jobs.put(
          run,
          new RecordedJob(
              run,
              job.jobId(),
              job.confirmed(),
              job.told(),
              job.recoveries(),
              job.times(),
              readAt,
              job.missedSince(),
              job.doubtedSince()));
    }
  }
}
