package dev.wrinklefree.checkpoint.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wrinklefree.contract.event.CheckpointWritten;

/**
 * A checkpoint that was published, and what became of it.
 *
 * @param written as published
 * @param inBucket whether the last listing showed all of its objects as they were written: false
 *     once one is deleted or overwritten
 */
public record StoredCheckpoint(@JsonUnwrapped CheckpointWritten written, boolean inBucket) {}
