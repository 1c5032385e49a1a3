package dev.wrinklefree.outbox.relay;

import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The way to the broker. */
@FunctionalInterface
interface EventSender {

  /**
   * Sends a record.
   *
   * @return done when the broker has the record on all in-sync replicas, or failed
   * @throws RuntimeException if nothing can be sent at all at this moment
   */
  Future<RecordMetadata> send(ProducerRecord<String, byte[]> record);
}
