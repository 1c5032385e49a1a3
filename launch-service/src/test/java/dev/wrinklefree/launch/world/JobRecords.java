package dev.wrinklefree.launch.world;

import dev.wrinklefree.skypilot.jobs.JobPlacement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.util.Map;

/** Rows of SkyPilot's queue. */
public final class JobRecords {

  private JobRecords() {}

  /** A row of that job. */
  public static JobRecord of(long jobId, String name, ManagedJobStatus status) {
    return of(jobId, name, status, Map.of());
  }

  /** A row of that job with metadata. */
  public static JobRecord of(
      long jobId, String name, ManagedJobStatus status, Map<String, String> metadata) {
    return new JobRecord(
        jobId,
        0,
        name,
        name,
        status,
        status.name(),
        null,
        0,
        JobTimes.NONE,
        null,
        metadata,
        JobPlacement.NONE,
        null,
        null);
  }
}
