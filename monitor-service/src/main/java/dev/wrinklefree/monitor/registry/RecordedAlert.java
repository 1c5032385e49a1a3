package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.RunAlerted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert.
 *
 * @param data as it was raised
 * @param clearedAt absent while it is open
 */
public record RecordedAlert(RunAlerted data, Instant raisedAt, @Nullable Instant clearedAt) {}
