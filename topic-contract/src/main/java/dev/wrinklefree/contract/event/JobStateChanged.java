package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * SkyPilot says something new of the job. The event's {@code time} is when it happened, as far as
 * SkyPilot tells; its {@code recordedtime} is when we saw it.
 *
 * @param runId the run
 * @param skypilotJobId SkyPilot's managed-job id; absent while it is not known
 * @param state the state now
 * @param previousState the state of the event before; absent on the first
 * @param rawStatus SkyPilot's own word, kept where {@code state} is {@code UNKNOWN}
 * @param reason why; absent where SkyPilot gives no reason
 * @param attempt 1 for the first machines, one more for each recovery
 * @param recoveries how often SkyPilot replaced lost machines
 * @param placement where the machines are; absent while there are none
 * @param startedAt when the job first ran; absent before
 * @param endedAt when the job ended; absent before
 * @param unknownSince since when nothing is known; only where {@code state} is {@code UNKNOWN}
 */
public record JobStateChanged(
    RunId runId,
    @Nullable Long skypilotJobId,
    JobState state,
    @Nullable JobState previousState,
    @Nullable String rawStatus,
    @Nullable Reason reason,
    int attempt,
    int recoveries,
    @Nullable Placement placement,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant unknownSince)
    implements EventData {

  /**
   * Why a state was reached.
   *
   * @param code stable machine code in kebab-case, for example {@code preempted}
   * @param text for people, as SkyPilot gives it
   */
  public record Reason(String code, String text) {}
}
