package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;

/** Whether a job in the queue is a run's. A name alone proves nothing: anybody may use it. */
final class Ownership {
  /** Key of a task's {@code _metadata} that launch-service sets to the run id. */
  static final String RUN_ID_KEY = "wrinklefree_run_id";

  private Ownership() {}

  /** Whether name and metadata both say that the job is the run's. */
  static boolean isProven(RunId runId, JobRecord row) {
    return bearsName(runId, row) && runId.value().equals(row.metadata().get(RUN_ID_KEY));
  }

  /** Whether the row is of the job that the run's record follows, and of no later namesake. */
  static boolean isFollowed(RecordedJob run, JobRecord row) {
    return run.isSameEpoch(row)
        && (isProven(run.runId(), row)
            || (bearsName(run.runId(), row)
                && !row.metadata().containsKey(RUN_ID_KEY)
                && isAsOld(run, row)));
  }

  /** Without metadata the time of submission stands in for it, once there is one. */
  private static boolean isAsOld(RecordedJob run, JobRecord row) {
    Instant submittedAt = run.times().submittedAt();
    return submittedAt == null || submittedAt.equals(row.times().submittedAt());
  }

  private static boolean bearsName(RunId runId, JobRecord row) {
    return runId.value().equals(row.jobName());
  }
}
