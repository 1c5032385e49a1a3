package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.delivery.structured.StructuredEvent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of a record what is streamed of it. */
final class RecordReader {

  private static final Logger LOGGER = LoggerFactory.getLogger(RecordReader.class);

  private final EventCodec codec = new EventCodec();

  /** The event, or empty if the record is none: there is nothing to stream then. */
  Optional<StreamedEvent> read(ConsumerRecord<String, byte[]> record) {
    try {
      EventAttributes attributes = codec.readRaw(record).attributes();
      return Optional.of(
          new StreamedEvent(
              record.partition(),
              record.offset(),
              attributes.runId().value(),
              attributes.type().typeName(),
              StructuredEvent.of(attributes, record.value())));
    } catch (UnreadableEventException e) {
      LOGGER.debug(
          "Not streamed, since it is no event: topic={} partition={} offset={}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
