package dev.wrinklefree.checkpoint.registry;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.ListingPace.Job;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run whose checkpoints are looked for.
 *
 * @param runId the run
 * @param where its own prefix
 * @param layout how its checkpoints are named; null if its launch tells of none
 * @param cause what its events say of where they come from
 * @param job what is known of its job
 * @param lastChangeAt when a listing last showed something new, or when the run was registered
 * @param lastListedAt when the last listing that succeeded began; null before the first
 * @param failures listings that failed since the last that did not
 * @param listings how many listings were recorded: a listing that was begun at one count and ends
 *     at another is out of date
 * @param wishes how many wishes to list soon were recorded: those that come after this was read may
 *     know of objects that the listing does not show
 */
public record WatchedRun(
    RunId runId,
    BucketPrefix where,
    @Nullable CheckpointLayout layout,
    Cause cause,
    Job job,
    Instant lastChangeAt,
    @Nullable Instant lastListedAt,
    int failures,
    long listings,
    long wishes) {

  /**
   * Where a run comes from.
   *
   * @param eventId id of the event that told of the run
   * @param correlationId id of the launch request
   * @param traceParent W3C trace context, if the event had one
   */
  public record Cause(String eventId, String correlationId, @Nullable String traceParent) {}
}
