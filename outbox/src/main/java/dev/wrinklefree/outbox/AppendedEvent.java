package dev.wrinklefree.outbox;

import dev.wrinklefree.contract.cloudevents.EventAttributes;

/**
 * An event that the transaction in progress publishes when it commits.
 *
 * @param attributes as they will be published
 * @param data its data as JSON; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record AppendedEvent(EventAttributes attributes, byte[] data) {}
