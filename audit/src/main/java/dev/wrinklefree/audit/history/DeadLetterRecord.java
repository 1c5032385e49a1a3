package dev.wrinklefree.audit.history;

import dev.wrinklefree.contract.topic.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a consumer set aside.
 *
 * @param position where it is
 * @param storedAt the broker's time stamp
 * @param topic the topic whose dead letter it is
 * @param key record key
 * @param origin where the record was that could not be handled; absent if the dead letter does not
 *     say it
 * @param reason why, beginning with a machine code
 * @param value fingerprint of its value
 */
public record DeadLetterRecord(
    Position position,
    Instant storedAt,
    Topic topic,
    @Nullable String key,
    @Nullable Position origin,
    String reason,
    Fingerprint value)
    implements HistoryRecord {}
