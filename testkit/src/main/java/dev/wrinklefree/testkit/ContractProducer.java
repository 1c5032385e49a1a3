package dev.wrinklefree.testkit;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.platform.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A plain Kafka producer of events, and of records that are none. Every call waits for the ack. */
public final class ContractProducer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Above any topic's own limit, so that the broker and not the client refuses. */
  private static final int MAX_REQUEST_BYTES = 12 * 1024 * 1024;

  private final EventCodec codec = new EventCodec();
  private final KafkaProducer<String, byte[]> producer;

  /** Produces to the broker of this JVM's tests. */
  public ContractProducer() {
    this(TestBroker.bootstrapServers());
  }

  /** Produces to that broker. */
  public ContractProducer(String bootstrapServers) {
    this(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** Produces as the client that has those settings of Kafka. */
  public ContractProducer(Map<String, String> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sends that data by {@link Fixtures#event(RunId, EventData)}. */
  public EventAttributes send(RunId runId, EventData data) {
    return send(Fixtures.event(runId, data));
  }

  /** Sends an event as it is. */
  public EventAttributes send(Event<?> event) {
    send(codec.write(event));
    return event.attributes();
  }

  /**
   * Sends an event's attributes with a body of any kind: JSON of a stranger, wrong JSON, none.
   *
   * @param attributes a legal set; the topic follows from the type
   */
  public RecordMetadata send(EventAttributes attributes, byte[] body) {
    return send(codec.write(attributes, body));
  }

  /** Sends a record without CloudEvents headers. */
  public RecordMetadata sendPlain(Topic topic, @Nullable String key, String body) {
    return send(
        new ProducerRecord<>(topic.topicName(), key, body.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Sends any record.
   *
   * @throws AssertionError if the broker does not take it
   */
  public RecordMetadata send(ProducerRecord<String, byte[]> record) {
    try {
      return producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the broker did not take a record for " + record.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
