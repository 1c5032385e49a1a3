package dev.wrinklefree.audit.server;

import dev.wrinklefree.contract.event.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A managed job as SkyPilot has it.
 *
 * @param jobId SkyPilot's number of it
 * @param name its name, which is the run id
 * @param runId the run id in its metadata; absent if it has none
 * @param state its state now
 * @param startedAt when it first ran; absent before
 * @param endedAt when it ended; absent before
 * @param changedAt when its state last changed; absent if that is not known
 * @param twin whether it is the second of two jobs that one submit led to against our will, and was
 *     cancelled for that
 */
public record SkyPilotJob(
    long jobId,
    String name,
    @Nullable String runId,
    JobState state,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant changedAt,
    boolean twin) {

  /** The run that it belongs to, by its metadata, else by its name. */
  public String run() {
    return runId == null ? name : runId;
  }
}
