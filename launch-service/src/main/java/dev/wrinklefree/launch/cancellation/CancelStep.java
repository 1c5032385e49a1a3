package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.RunJobs;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.util.List;

/** What the queue's word on a job means for its cancel. */
enum CancelStep {
  /** It goes on: send the cancel, again if need be, since SkyPilot may lose one. */
  SEND,
  /** It ended, as cancelled. */
  CANCELLED,
  /** It ended in another way, before the cancel took effect. */
  ENDED_OTHERWISE,
  /** The queue does not know it: that says nothing. */
  UNKNOWN,
  /** The number belongs to somebody else's job now: the server's job table was reset. */
  NOT_OURS;

  /**
   * Decides.
   *
   * @param rows the queue's rows of that job id, one per task
   */
  static CancelStep of(RunId runId, List<JobRecord> rows) {
    if (rows.isEmpty()) {
      return UNKNOWN;
    }
    if (!rows.stream().allMatch(row -> RunJobs.isNamed(runId, row))) {
      return NOT_OURS;
    }
    if (!rows.stream().allMatch(row -> row.status().isTerminal())) {
      return SEND;
    }
    return rows.stream().anyMatch(row -> row.status() == ManagedJobStatus.CANCELLED)
        ? CANCELLED
        : ENDED_OTHERWISE;
  }
}
