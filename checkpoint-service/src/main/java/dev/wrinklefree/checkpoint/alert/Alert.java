package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.contract.event.RunAlerted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert that was raised.
 *
 * @param raised its event's data
 * @param raisedAt when, by our clock
 * @param clearedAt when it was cleared; null while it is open
 */
public record Alert(RunAlerted raised, Instant raisedAt, @Nullable Instant clearedAt) {}
