package dev.wrinklefree.bench.bed;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says on the topics what the other services would say: events of the contract, by its codec. */
public final class RunEvents implements AutoCloseable {

  private final EventCodec codec = new EventCodec();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final KafkaProducer<String, byte[]> producer;

  /** Produces to the broker of that bed. */
  public RunEvents(Bed bed) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bed.kafka(), "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends an event without waiting for the broker.
   *
   * @param service that would say it
   * @param sequence of the run on that topic, from 1
   * @param time when it happened
   */
  public void send(String service, RunId runId, long sequence, EventData data, Instant time) {
    EventType type = EventType.of(data);
    EventAttributes attributes =
        new EventAttributes(
            runId + ":" + sequence,
            "/" + service + "/" + type.topic().topicName(),
            type,
            runId,
            time,
            time,
            sequence,
            "request-of-" + runId,
            null,
            null);
    send(codec.write(new Event<>(attributes, data)));
  }

  /** Sends a record that is no event, for a peer, without waiting for the broker. */
  public void sendPlain(String topic, RunId runId, byte[] body) {
    send(new ProducerRecord<>(topic, runId.value(), body));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /**
   * Waits until the broker has all of them.
   *
   * @throws IllegalStateException if it refused one
   */
  public void flush() {
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("the broker did not take an event", refused);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
