package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.TrainingProgressed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's figures as last told.
 *
 * @param name the run's friendly name
 * @param project where it reports them
 * @param seenAt when we saw them
 */
public record RecordedProgress(
    TrainingProgressed data, String name, @Nullable String project, Instant seenAt) {}
