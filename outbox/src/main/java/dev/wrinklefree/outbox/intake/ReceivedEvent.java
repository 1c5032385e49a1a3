package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.outbox.logging.LogContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event that this service has not handled yet, with the record that brought it.
 *
 * @param event what it says
 * @param record where it was, and its headers
 */
public record ReceivedEvent(IncomingEvent event, ConsumerRecord<String, byte[]> record) {

  /** The keys of its log lines, until it is closed. */
  public LogContext logContext() {
    return LogContext.of(record, event.attributes());
  }
}
