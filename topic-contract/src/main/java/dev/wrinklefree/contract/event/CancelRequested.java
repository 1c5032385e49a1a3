package dev.wrinklefree.contract.event;

import org.jspecify.annotations.Nullable;

/**
 * Stop this run: the one named by the event's subject.
 *
 * @param reason why, for people; kept with the run
 * @param requestedBy who asks; absent means unknown
 */
public record CancelRequested(@Nullable String reason, @Nullable String requestedBy)
    implements EventData {}
