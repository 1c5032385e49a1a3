package dev.wrinklefree.audit.history;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;

/**
 * What a rule keeps of an event, so that it can name it later.
 *
 * @param position where it is
 * @param storedAt the broker's time stamp
 * @param eventId its CloudEvents id
 * @param runId its run
 */
public record Trace(Position position, Instant storedAt, String eventId, RunId runId) {}
