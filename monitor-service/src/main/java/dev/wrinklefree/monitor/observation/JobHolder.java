package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.util.List;

/** Whose a job is that a run had under some number, as a reading of that number says. */
public enum JobHolder {
  /**
   * It is the run's: the one that is followed, or proven to be the run's under a new controller.
   */
  THE_RUN,
  /** The number is somebody else's by now, or nobody's. */
  NOT_THE_RUN,
  /** The reading does not tell. */
  NOT_READ;

  /**
   * Who has the job.
   *
   * @param run as recorded; its job may have another number by now
   * @param jobId the number that was asked for
   * @param reading the answer
   */
  public static JobHolder of(RecordedJob run, long jobId, Reading reading) {
    List<JobRecord> tasks = reading.rows().stream().filter(row -> row.jobId() == jobId).toList();
    if (tasks.isEmpty()) {
      return reading.complete() ? NOT_THE_RUN : NOT_READ;
    }
    JobRecord row = WholeJob.speaker(tasks);
    boolean held = Ownership.isProven(run.runId(), row) || Ownership.isFollowed(run, row);
    return held ? THE_RUN : NOT_THE_RUN;
  }
}
