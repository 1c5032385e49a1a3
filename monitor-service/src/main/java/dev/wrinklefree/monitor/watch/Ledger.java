package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.Finding;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/** What is recorded of the runs, durable and shared by all replicas. */
public interface Ledger {

  /**
   * The runs to look for: those that have not ended, and those that ended a short while ago, since
   * SkyPilot may still correct an end.
   */
  Watched watched(Instant now);

  /**
   * Plans on what is recorded at that moment, and records and tells what follows: all of it or
   * nothing. A concurrent call for the same run waits, and then finds nothing left to tell.
   *
   * @return what came of it
   */
  Settlement settle(RunId runId, Finding finding);

  /**
   * The same for several runs in one transaction: all of them or none.
   *
   * @param findings by run, in the order of the run ids, in which their records are locked
   * @return what came of each
   */
  Map<RunId, Settlement> settleTogether(SortedMap<RunId, Finding> findings);

  /** Notes that a reading that began then showed these jobs as they were recorded. */
  void seenAgain(Collection<RunId> runIds, Instant readAt);

  /**
   * Notes that a reading that began then showed every job that is {@linkplain
   * dev.wrinklefree.monitor.state.RecordedJob#isSteady steady} as it was recorded, or that what it
   * showed instead was recorded. What is settled on an earlier reading from now on comes to
   * nothing.
   */
  void seenTogether(Instant readAt);
}
