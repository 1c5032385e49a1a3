package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.JobStateChanged;
import java.time.Instant;

/**
 * An event that was told.
 *
 * @param data what it says
 * @param happenedAt its time
 * @param recordedAt when we saw it
 */
public record RecordedChange(JobStateChanged data, Instant happenedAt, Instant recordedAt) {}
