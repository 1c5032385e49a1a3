package dev.wrinklefree.monitor;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queue rows for tests, changed one aspect at a time. */
public record Rows(JobRecord row) {

  /** A job of the run, with that id, in that status. */
  public static Rows of(RunId runId, long jobId, String status) {
    return new Rows(
        new JobRecord(
            jobId,
            0,
            runId.value(),
            runId.value(),
            ManagedJobStatus.parse(status),
            status,
            "ALIVE",
            0,
            JobTimes.NONE,
            null,
            Map.of("wrinklefree_run_id", runId.value()),
            JobPlacement.NONE,
            "default",
            "wrinklefree"));
  }

  /** The same with other times. */
  public Rows at(
      @Nullable Instant submitted,
      @Nullable Instant started,
      @Nullable Instant recovered,
      @Nullable Instant ended) {
    return with(
        row.taskId(),
        row.jobName(),
        row.recoveryCount(),
        new JobTimes(submitted, started, ended, recovered),
        row.failureReason(),
        row.metadata(),
        row.placement());
  }

  /** The same after that many recoveries. */
  public Rows recovered(int count) {
    return with(
        row.taskId(),
        row.jobName(),
        count,
        row.times(),
        row.failureReason(),
        row.metadata(),
        row.placement());
  }

  /** The same with SkyPilot's text. */
  public Rows because(String failureReason) {
    return with(
        row.taskId(),
        row.jobName(),
        row.recoveryCount(),
        row.times(),
        failureReason,
        row.metadata(),
        row.placement());
  }

  /** The same as another task of the job. */
  public Rows task(int taskId) {
    return with(
        taskId,
        row.jobName(),
        row.recoveryCount(),
        row.times(),
        row.failureReason(),
        row.metadata(),
        row.placement());
  }

  /** The same with another name. */
  public Rows named(@Nullable String jobName) {
    return with(
        row.taskId(),
        jobName,
        row.recoveryCount(),
        row.times(),
        row.failureReason(),
        row.metadata(),
        row.placement());
  }

  /** The same with other metadata. */
  public Rows metadata(Map<String, String> metadata) {
    return with(
        row.taskId(),
        row.jobName(),
        row.recoveryCount(),
        row.times(),
        row.failureReason(),
        metadata,
        row.placement());
  }

  /** The same with another placement. */
  public Rows placed(JobPlacement placement) {
    return with(
        row.taskId(),
        row.jobName(),
        row.recoveryCount(),
        row.times(),
        row.failureReason(),
        row.metadata(),
        placement);
  }

  private Rows with(
      int taskId,
      @Nullable String jobName,
      int recoveries,
      JobTimes times,
      @Nullable String failureReason,
      Map<String, String> metadata,
      JobPlacement placement) {
    return new Rows(
        new JobRecord(
            row.jobId(),
            taskId,
            jobName,
            row.taskName(),
            row.status(),
            row.statusText(),
            row.scheduleState(),
            recoveries,
            times,
            failureReason,
            metadata,
            placement,
            row.workspace(),
            row.userHash()));
  }
}
