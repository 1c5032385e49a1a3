package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a run's job.
 *
 * <p>SkyPilot numbers its jobs from 1 again when its controller is torn down, so the job that is
 * followed is known by its id and its submission time together: one <em>epoch</em>.
 *
 * @param runId the run
 * @param jobId the job that is followed; absent while none is known
 * @param told the last event; absent before the first
 * @param recoveries as last read in this epoch; never falls within it
 * @param times by SkyPilot's clock, as last read in this epoch
 * @param seenAt when the last reading that showed the job began
 * @param missedSince when the first of the readings since then began that did not show it
 */
public record RecordedJob(
    RunId runId,
    @Nullable Long jobId,
    @Nullable Told told,
    int recoveries,
    JobTimes times,
    @Nullable Instant seenAt,
    @Nullable Instant missedSince) {

  /** A run of which nothing has been read yet. */
  public static RecordedJob unseen(RunId runId, @Nullable Long jobId) {
    return new RecordedJob(runId, jobId, null, 0, JobTimes.NONE, null, null);
  }

  /** The state last told, if any was. */
  public Optional<JobState> toldState() {
    return Optional.ofNullable(told).map(t -> t.data().state());
  }

  /** Whether the job was last told to have ended. */
  public boolean hasEnded() {
    return toldState().map(JobState::isTerminal).orElse(false);
  }

  /**
   * Whether a queue row can be the job that is followed. A submission time is only comparable where
   * both have one: it is set when provisioning begins.
   */
  public boolean isSameEpoch(JobRecord row) {
    return jobId != null
        && jobId == row.jobId()
        && (times.submittedAt() == null
            || row.times().submittedAt() == null
            || times.submittedAt().equals(row.times().submittedAt()));
  }

  /**
   * The same run, with the job that it follows from now on. What was told stays told; what was read
   * of another job is forgotten.
   */
  public RecordedJob following(long newJobId) {
    return Objects.equals(jobId, newJobId)
        ? this
        : new RecordedJob(runId, newJobId, told, 0, JobTimes.NONE, seenAt, missedSince);
  }

  /** The same run at the start of the epoch that {@code row} belongs to. */
  RecordedJob inEpochOf(JobRecord row) {
    return isSameEpoch(row)
        ? this
        : new RecordedJob(runId, row.jobId(), told, 0, JobTimes.NONE, seenAt, missedSince);
  }

  RecordedJob seen(JobRecord row, int newRecoveries, Instant readAt) {
    JobTimes merged =
        new JobTimes(
            row.times().submittedAt() == null ? times.submittedAt() : row.times().submittedAt(),
            row.times().startAt() == null ? times.startAt() : row.times().startAt(),
            row.times().endAt(),
            row.times().lastRecoveredAt() == null
                ? times.lastRecoveredAt()
                : row.times().lastRecoveredAt());
    return new RecordedJob(runId, row.jobId(), told, newRecoveries, merged, readAt, null);
  }

  RecordedJob missed(Instant since) {
    return new RecordedJob(runId, jobId, told, recoveries, times, seenAt, since);
  }

  RecordedJob telling(Told newTold) {
    return new RecordedJob(runId, jobId, newTold, recoveries, times, seenAt, missedSince);
  }
}
