package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.skypilot.jobs.JobRecord;

/** Whether a job in the queue is a run's. A name alone proves nothing: anybody may use it. */
final class Ownership {
  /** Key of a task's {@code _metadata} that launch-service sets to the run id. */
  static final String RUN_ID_KEY = "wrinklefree_run_id";

  private Ownership() {}

  /** Whether name and metadata both say that the job is the run's. */
  static boolean isProven(RunId runId, JobRecord row) {
    return bearsName(runId, row) && runId.value().equals(row.metadata().get(RUN_ID_KEY));
  }

  /** Whether the name fits and no metadata contradicts: enough where the job id is known too. */
  static boolean isPossible(RunId runId, JobRecord row) {
    return bearsName(runId, row)
        && runId.value().equals(row.metadata().getOrDefault(RUN_ID_KEY, runId.value()));
  }

  private static boolean bearsName(RunId runId, JobRecord row) {
    return runId.value().equals(row.jobName());
  }
}
