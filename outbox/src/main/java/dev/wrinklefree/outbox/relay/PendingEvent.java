package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.contract.cloudevents.EventAttributes;

/**
 * A committed event that the broker does not have yet.
 *
 * @param attributes as the outbox gave them
 * @param data JSON
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never compared
record PendingEvent(EventAttributes attributes, byte[] data) {}
