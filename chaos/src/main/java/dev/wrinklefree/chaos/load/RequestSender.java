package dev.wrinklefree.chaos.load;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends requests as any other system would: a plain Kafka producer that waits until the broker is
 * back. For one thread.
 */
public final class RequestSender implements AutoCloseable {

  private static final String SOURCE = "/chaos";
  private static final int GIVE_UP_MILLIS = 180_000;

  private final EventCodec codec = new EventCodec();
  private final InstantSource clock;
  private final KafkaProducer<String, byte[]> producer;
  private final List<Sent> sent = new ArrayList<>();

  private record Sent(String key, Future<RecordMetadata> answer) {}

  /**
   * A request that the broker has acknowledged.
   *
   * @param key of its record
   * @param where the broker put it
   */
  public record Acknowledged(String key, RecordMetadata where) {}

  /**
   * @param bootstrapServers the broker's own address, not a proxy's
   * @param clock gives events their time
   */
  public RequestSender(String bootstrapServers, InstantSource clock) {
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends a request, without waiting for the broker. */
  public void send(Request request) {
    ProducerRecord<String, byte[]> record =
        switch (request) {
          case Request.Launch launch ->
              event(
                  launch.runId(),
                  launch.eventId(),
                  EventType.LAUNCH_REQUESTED,
                  data(launch.shape()));
          case Request.Cancel cancel ->
              event(
                  cancel.runId(),
                  cancel.eventId(),
                  EventType.CANCEL_REQUESTED,
                  new CancelRequested("the harness says so", "chaos"));
          case Request.Noise noise ->
              new ProducerRecord<>(
                  Topic.LAUNCH_REQUESTED.topicName(),
                  noise.key(),
                  "no event".getBytes(StandardCharsets.UTF_8));
        };
    sent.add(new Sent(record.key(), producer.send(record)));
  }

  /** How many were sent. */
  public int count() {
    return sent.size();
  }

  /** Waits for the broker's word on every request; those that it never took are left out. */
  public List<Acknowledged> awaitAll() throws InterruptedException {
    producer.flush();
    List<Acknowledged> acknowledged = new ArrayList<>();
    for (Sent request : sent) {
      try {
        acknowledged.add(new Acknowledged(request.key(), request.answer().get()));
      } catch (ExecutionException e) {
        // The broker did not take it, or could not say so: nothing was promised for it.
      }
    }
    return acknowledged;
  }

  @Override
  public void close() {
    producer.close();
  }

  private ProducerRecord<String, byte[]> event(
      RunId runId, String eventId, EventType type, EventData data) {
    EventAttributes attributes =
        new EventAttributes(
            eventId, SOURCE, type, runId, clock.instant(), null, null, null, null, null);
    return codec.write(attributes, codec.dataBytes(data));
  }

  private static LaunchRequested data(Request.Shape shape) {
    return new LaunchRequested(
        null,
        null,
        shape.model(),
        "w2",
        "small",
        List.of(),
        Map.of(
            "CHAOS_CHECKPOINTS",
            Integer.toString(shape.checkpoints()),
            "CHAOS_FAILS",
            shape.fails() ? "1" : "0"),
        List.of(),
        List.of(),
        null,
        null,
        Map.of("purpose", "chaos"),
        "chaos",
        Map.of(),
        null,
        null);
  }
}
