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
 * @param confirmed whether launch-service told that job; otherwise it was found by its name, and an
 *     older one of the run takes its place as soon as it shows
 * @param told the last event; absent before the first
 * @param recoveries as last read in this epoch; never falls within it
 * @param times by SkyPilot's clock, as last read in this epoch
 * @param seenAt when the last reading that showed the job began
 * @param missedSince when the first of the readings since then began that did not show it
 * @param doubtedSince when the first of the readings began that contradict the end that was told
 */
public record RecordedJob(
    RunId runId,
    @Nullable Long jobId,
    boolean confirmed,
    @Nullable Told told,
    int recoveries,
    JobTimes times,
    @Nullable Instant seenAt,
    @Nullable Instant missedSince,
    @Nullable Instant doubtedSince) {

  /**
   * A run of which nothing has been read yet.
   *
   * @param jobId as launch-service told; absent while it has not
   */
  public static RecordedJob unseen(RunId runId, @Nullable Long jobId) {
    return new RecordedJob(runId, jobId, jobId != null, null, 0, JobTimes.NONE, null, null, null);
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
   * Whether every reading shows the job as it is recorded here: one that does not is reason to
   * write the record anew.
   */
  public boolean isSteady() {
    return jobId != null
        && seenAt != null
        && missedSince == null
        && doubtedSince == null
        && !hasEnded();
  }

  /**
   * The same with what a later reading said that showed all steady jobs as they are recorded.
   *
   * @param at when that reading began
   */
  public RecordedJob seenTogether(Instant at) {
    return seenAt != null && seenAt.isBefore(at) && isSteady()
        ? new RecordedJob(
            runId, jobId, confirmed, told, recoveries, times, at, missedSince, doubtedSince)
        : this;
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
   * The same run, with the job that launch-service says it follows from now on. What was told stays
   * told; what was read of another job is forgotten.
   */
  public RecordedJob following(long newJobId) {
    return Objects.equals(jobId, newJobId)
        ? new RecordedJob(
            runId, jobId, true, told, recoveries, times, seenAt, missedSince, doubtedSince)
        : anew(newJobId, true);
  }

  /** The same run at the start of the epoch that {@code row} belongs to. */
  RecordedJob inEpochOf(JobRecord row) {
    return isSameEpoch(row) ? this : anew(row.jobId(), false);
  }

  private RecordedJob anew(long newJobId, boolean newConfirmed) {
    return new RecordedJob(
        runId, newJobId, newConfirmed, told, 0, JobTimes.NONE, seenAt, missedSince, null);
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
    return new RecordedJob(
        runId, row.jobId(), confirmed, told, newRecoveries, merged, readAt, null, null);
  }

  RecordedJob missed(Instant since) {
    return new RecordedJob(
        runId, jobId, confirmed, told, recoveries, times, seenAt, since, doubtedSince);
  }

  RecordedJob doubted(Instant since) {
    return new RecordedJob(
        runId, jobId, confirmed, told, recoveries, times, seenAt, missedSince, since);
  }

  /** The same with nothing left to find out about its end. */
  RecordedJob settled() {
    return new RecordedJob(runId, jobId, confirmed, told, recoveries, times, seenAt, null, null);
  }

  RecordedJob telling(Told newTold) {
    return new RecordedJob(
        runId, jobId, confirmed, newTold, recoveries, times, seenAt, missedSince, doubtedSince);
  }
}
