package dev.wrinklefree.bench.launch;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends launch requests as any other system would: by a plain Kafka producer. */
public final class Requests implements AutoCloseable {

  private static final String SOURCE = "/bench";
  private static final String MODEL = "smollm2_135m";
  private static final String NO_MODEL = "gpt_9000";

  private final EventCodec codec = new EventCodec();
  private final KafkaProducer<String, byte[]> producer;

  /**
   * @param kafka host and port of the broker
   */
  public Requests(String kafka) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.LINGER_MS_CONFIG, 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends a usual request for a run, to that topic, without waiting for the broker. */
  public void sendValid(String topic, String runId) {
    send(topic, runId, MODEL);
  }

  /** The same for a model that there is not: it is answered by one event, and nothing is begun. */
  public void sendInvalid(String topic, String runId) {
    send(topic, runId, NO_MODEL);
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(String topic, String runId, String model) {
    EventAttributes attributes =
        new EventAttributes(
            runId,
            SOURCE,
            EventType.LAUNCH_REQUESTED,
            new RunId(runId),
            Instant.now(),
            null,
            null,
            null,
            null,
            null);
    ProducerRecord<String, byte[]> record = codec.write(new Event<>(attributes, data(model)));
    var unused =
        producer.send(
            new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
  }

  private static LaunchRequested data(String model) {
    return new LaunchRequested(
        null,
        null,
        model,
        "w2",
        "small",
        List.of("training.max_steps=10000", "training.seed=7"),
        Map.of("HF_HUB_ENABLE_HF_TRANSFER", "1"),
        List.of(),
        List.of(),
        null,
        null,
        Map.of("team", "quantisation"),
        "ada",
        Map.of(),
        null,
        null);
  }
}
