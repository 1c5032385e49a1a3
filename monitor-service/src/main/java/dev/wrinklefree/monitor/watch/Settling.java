package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the news of a round recorded and told. */
final class Settling {
  private static final Logger LOGGER = LoggerFactory.getLogger(Settling.class);

  /** Changes that are recorded in one transaction. One more saves little and keeps locks longer. */
  private static final int TOGETHER = 50;

  private final Ledger ledger;
  private final WatchMetrics metrics;

  Settling(Ledger ledger, WatchMetrics metrics) {
    this.ledger = ledger;
    this.metrics = metrics;
  }

  /** Returns whether all of it was recorded; what was not is left to the next round. */
  boolean settle(SortedMap<RunId, Finding> news) {
    boolean all = true;
    SortedMap<RunId, Finding> chunk = new TreeMap<>();
    for (Map.Entry<RunId, Finding> one : news.entrySet()) {
      chunk.put(one.getKey(), one.getValue());
      if (chunk.size() == TOGETHER) {
        all &= settleTogether(chunk);
        chunk.clear();
      }
    }
    if (!chunk.isEmpty()) {
      all &= settleTogether(chunk);
    }
    return all;
  }

  /** One run that cannot be recorded must not keep the others from being told. */
  private boolean settleTogether(SortedMap<RunId, Finding> chunk) {
    if (chunk.size() > 1) {
      try {
        ledger.settleTogether(chunk).forEach(this::settled);
        return true;
      } catch (RuntimeException e) {
        LOGGER.atWarn().setCause(e).log("Jobs were not recorded together; each is tried alone");
      }
    }
    boolean all = true;
    for (Map.Entry<RunId, Finding> one : chunk.entrySet()) {
      all &= settle(one.getKey(), one.getValue());
    }
    return all;
  }

  private boolean settle(RunId runId, Finding finding) {
    try {
      settled(runId, ledger.settle(runId, finding));
      return true;
    } catch (RuntimeException e) {
      metrics.settlementFailed();
      LOGGER.atError().setCause(e).addKeyValue("runId", runId).log("Job was not recorded");
      return false;
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
