package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.RecordedJob;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is recorded of the runs, durable and shared by all replicas. */
public interface Ledger {

  /**
   * The runs to look for: those that have not ended, and those that ended a short while ago, since
   * SkyPilot may still correct an end.
   */
  List<RecordedJob> watched(Instant now);

  /**
   * Plans on what is recorded at that moment, and records and tells what follows: all of it or
   * nothing. A concurrent call for the same run waits, and then finds nothing left to tell.
   *
   * @return what came of it
   */
  Settlement settle(RunId runId, Finding finding);

  /** Notes that a reading that began then showed these jobs as they were recorded. */
  void seenAgain(Collection<RunId> runIds, Instant readAt);
}
