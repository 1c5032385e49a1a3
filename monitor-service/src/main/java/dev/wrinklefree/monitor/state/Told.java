package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobStateChanged;
import java.time.Instant;

/**
 * An event that was told.
 *
 * @param data what it says
 * @param time when that happened
 */
public record Told(JobStateChanged data, Instant time) {}
