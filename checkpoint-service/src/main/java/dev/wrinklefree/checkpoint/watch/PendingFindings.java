package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.watch.CheckpointPublisher.Finding;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found of runs and is not recorded yet. While a bucket's listings follow each other, what
 * they find is recorded together: a transaction for each costs more than comparing it. Nothing
 * waits where no other listing does, nor for longer than a moment.
 */
final class PendingFindings {

  private final int most;
  private final int mostCheckpoints;
  private final Duration longestWait;
  private final Map<String, Waiting> byBucket = new HashMap<>();

  private record Waiting(Map<RunId, Finding> byRun, Instant since) {

    List<Finding> findings() {
      return List.copyOf(byRun.values());
    }
  }

  /**
   * @param most findings that are recorded together
   * @param mostCheckpoints from so many on they do not wait any longer
   * @param longestWait after which what is found next takes them along
   */
  PendingFindings(int most, int mostCheckpoints, Duration longestWait) {
    this.most = most;
    this.mostCheckpoints = mostCheckpoints;
    this.longestWait = longestWait;
  }

  /**
   * Something was found in a bucket. Of a run that something else is waiting of the first stands:
   * the other was compared without it.
   */
  synchronized void add(String bucket, Finding finding, Instant now) {
    byBucket
        .computeIfAbsent(bucket, b -> new Waiting(new LinkedHashMap<>(), now))
        .byRun()
        .putIfAbsent(finding.run().runId(), finding);
  }

  /**
   * What is to be recorded now; the caller does so.
   *
   * @param moreToCome whether another listing of the bucket is about to begin
   */
  synchronized List<Finding> due(String bucket, boolean moreToCome, Instant now) {
    Waiting waiting = byBucket.get(bucket);
    if (waiting == null || (moreToCome && canWait(waiting, now))) {
      return List.of();
    }
    byBucket.remove(bucket);
    return waiting.findings();
  }

  /** All that waits in any bucket; the caller records it. */
  synchronized List<List<Finding>> all() {
    List<List<Finding>> all = byBucket.values().stream().map(Waiting::findings).toList();
    byBucket.clear();
    return all;
  }

  private boolean canWait(Waiting waiting, Instant now) {
    int checkpoints =
        waiting.byRun().values().stream()
            .mapToInt(finding -> finding.compared().change().completed().size())
            .sum();
    return waiting.byRun().size() < most
        && checkpoints < mostCheckpoints
        && now.isBefore(waiting.since().plus(longestWait));
  }
}
