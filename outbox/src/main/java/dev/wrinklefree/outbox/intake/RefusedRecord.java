package dev.wrinklefree.outbox.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that is to become a dead letter.
 *
 * @param record as it was consumed
 * @param reason an {@link dev.wrinklefree.contract.cloudevents.UnreadableEventException} if it is
 *     not an event of the contract, a {@link HandlerFailedException} if its handler failed for
 *     good, else what could not be foreseen
 */
public record RefusedRecord(ConsumerRecord<String, byte[]> record, Exception reason) {}
