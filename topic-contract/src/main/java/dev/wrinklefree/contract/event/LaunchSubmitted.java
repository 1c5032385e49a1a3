package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * SkyPilot has the job.
 *
 * @param runId the run; also the SkyPilot job's name
 * @param skypilotJobId SkyPilot's managed-job id
 * @param skypilotRequestId id of the API request that created it; absent if the job was adopted
 * @param adopted whether the job was found in SkyPilot's queue after a submit whose answer was lost
 * @param submittedAt when SkyPilot answered
 */
public record LaunchSubmitted(
    RunId runId,
    long skypilotJobId,
    @Nullable String skypilotRequestId,
    boolean adopted,
    Instant submittedAt)
    implements LaunchStateData {}
