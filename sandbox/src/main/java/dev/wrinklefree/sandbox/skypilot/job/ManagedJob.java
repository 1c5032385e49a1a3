package dev.wrinklefree.sandbox.skypilot.job;

import static java.util.Objects.requireNonNull;

/**
 * A job as it is recorded.
 *
 * @param jobId counts from 1 and is never used again within a state directory
 * @param submission what never changes
 * @param state what changes
 */
public record ManagedJob(int jobId, JobSubmission submission, JobState state) {

  public ManagedJob {
    requireNonNull(submission, "submission is null");
    requireNonNull(state, "state is null");
  }

  /** Where the job is. */
  public JobStatus status() {
    return state.status();
  }

  ManagedJob with(JobState newState) {
    return new ManagedJob(jobId, submission, newState);
  }
}
