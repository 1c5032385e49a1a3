package dev.wrinklefree.audit.history;

import dev.wrinklefree.contract.topic.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that is no event of the contract.
 *
 * @param position where it is
 * @param storedAt the broker's time stamp
 * @param topic its topic
 * @param key record key
 * @param reason why it cannot be read, beginning with a machine code
 * @param value fingerprint of its value
 */
public record UnreadableRecord(
    Position position,
    Instant storedAt,
    Topic topic,
    @Nullable String key,
    String reason,
    Fingerprint value)
    implements HistoryRecord {}
