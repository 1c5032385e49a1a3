package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first request to cancel a run. It may be older than the run's launch request.
 *
 * @param runId the run
 * @param eventId id of the event that asked for it
 * @param requestedAt when it was asked for
 * @param requestedBy who asked; null means unknown
 * @param reason why; null means not said
 */
public record Cancellation(
    RunId runId,
    String eventId,
    Instant requestedAt,
    @Nullable String requestedBy,
    @Nullable String reason) {}
