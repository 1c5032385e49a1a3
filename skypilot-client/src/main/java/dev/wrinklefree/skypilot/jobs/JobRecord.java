package dev.wrinklefree.skypilot.jobs;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One task of a managed job as the queue reports it. Fields that were not asked for are null, empty
 * or zero. Job ids restart at 1 when SkyPilot's jobs controller is torn down: a job is known by its
 * id together with its name.
 *
 * @param jobId SkyPilot's number of the job
 * @param taskId place of the task in the job, from 0
 * @param jobName name of the job; not unique in SkyPilot
 * @param taskName name of the task
 * @param status what it is doing
 * @param statusText the server's word for {@code status}, also when we do not know it
 * @param scheduleState where the controller's scheduler has it, e.g. {@code ALIVE}
 * @param recoveryCount how often it got new machines after losing some
 * @param times when things happened
 * @param failureReason the server's text
 * @param metadata the task's {@code _metadata}; nested values as JSON text
 * @param placement what it asked for and where it runs
 * @param workspace SkyPilot workspace
 * @param userHash id of the owner
 */
public record JobRecord(
    long jobId,
    int taskId,
    @Nullable String jobName,
    @Nullable String taskName,
    ManagedJobStatus status,
    String statusText,
    @Nullable String scheduleState,
    int recoveryCount,
    JobTimes times,
    @Nullable String failureReason,
    Map<String, String> metadata,
    JobPlacement placement,
    @Nullable String workspace,
    @Nullable String userHash) {

  public JobRecord {
    requireNonNull(status, "status is null");
    requireNonNull(statusText, "statusText is null");
    requireNonNull(times, "times is null");
    requireNonNull(placement, "placement is null");
    metadata = Map.copyOf(metadata);
  }
}
