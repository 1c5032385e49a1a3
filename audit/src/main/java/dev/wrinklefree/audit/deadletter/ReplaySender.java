package dev.wrinklefree.audit.deadletter;

import dev.wrinklefree.audit.history.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends dead letters again. */
public final class ReplaySender implements AutoCloseable {

  /** Above the largest request that a topic takes. */
  private static final int MAX_REQUEST_BYTES = 12 * 1024 * 1024;

  private final KafkaProducer<byte @Nullable [], byte @Nullable []> producer;

  /**
   * Connects when first used.
   *
   * @param client Kafka client properties: {@code bootstrap.servers}, and those of SASL and TLS
   * @param patience how long the broker may take to store a record
   */
  public ReplaySender(Map<String, ?> client, Duration patience) {
    int millis = Math.toIntExact(patience.toMillis());
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends it and returns when the broker has it.
   *
   * @return where it is now
   * @throws KafkaException if the broker does not take it; whether it has it is then not known
   */
  public Position send(Replay replay) throws InterruptedException {
    try {
      RecordMetadata stored = producer.send(replay.record()).get();
      return new Position(stored.topic(), stored.partition(), stored.offset());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause
          ? cause
          : new KafkaException("The record was not sent.", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
