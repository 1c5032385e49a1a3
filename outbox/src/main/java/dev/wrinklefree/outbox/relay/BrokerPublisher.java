package dev.wrinklefree.outbox.relay;

import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The one Kafka producer of all relay threads of this process, made at the first use, so that a
 * service can start, and its relay can keep trying, while the broker's name does not resolve.
 *
 * <p>It is idempotent, and that one producer sends everything is what keeps the order after a send
 * whose outcome is unknown: the producer raises its epoch before it sends again, and the broker
 * refuses whatever still arrives from before. A copy that another producer had sent could arrive
 * after the next event of its run.
 */
final class BrokerPublisher implements EventSender, Closeable {

  private final Map<String, Object> configuration;
  private @Nullable Producer<String, byte[]> producer;

  /**
   * @param shared the application's {@code kafka.*} settings: addresses and credentials
   * @param clientId shown in the broker's logs and metrics
   */
  BrokerPublisher(Map<String, Object> shared, String clientId, Duration deliveryTimeout) {
    this.configuration = configuration(shared, clientId, deliveryTimeout);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
    return producer().send(record);
  }

  /**
   * Gives up a producer that can never send again, such as after a lost authorisation, and makes a
   * new one at the next use. Not for one that only timed out: its successor could not fence off
   * what is still on its way.
   */
  synchronized void reset() {
    close();
  }

  /** Drops what is not acknowledged yet; it is still in the outbox. */
  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  private synchronized Producer<String, byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private static Map<String, Object> configuration(
      Map<String, Object> shared, String clientId, Duration deliveryTimeout) {
    Map<String, Object> settings = new HashMap<>(shared);
    int timeout = Math.toIntExact(deliveryTimeout.toMillis());
    settings.keySet().retainAll(ProducerConfig.configNames());
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 2));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.max(1, timeout / 2));
    return settings;
  }
}
