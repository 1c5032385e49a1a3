package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.contract.cloudevents.Envelope;
import java.time.Duration;

/**
 * A committed event that the broker does not have yet.
 *
 * @param envelope as the outbox gave it; its type may be of a newer version of this service
 * @param data JSON
 * @param age since it was appended, by the database's clock, when it was claimed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
record PendingEvent(Envelope envelope, byte[] data, Duration age) {}
