package dev.wrinklefree.bench.launch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The least that answers each record durably: consume it, insert one row and commit, produce one
 * record with {@code acks=all}. It loses nothing, and its insert makes a repeated record harmless;
 * it knows no launch, decides nothing and could not repeat an answer that it had committed and not
 * produced. It never waits for the broker but before it commits offsets, once a second as the
 * service does.
 *
 * <p>Arguments: the broker, a JDBC address with user, the topic to consume and the topic to
 * produce. Prints a line when it has its partitions.
 */
public final class BareLoop {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final long COMMIT_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private BareLoop() {}

  /** Loops until it is killed. */
  public static void main(String[] arguments) throws SQLException {
    try (KafkaConsumer<String, byte[]> consumer = consumer(arguments[0]);
        KafkaProducer<String, byte[]> producer = producer(arguments[0]);
        Connection connection = DriverManager.getConnection(arguments[1]);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO bare_event (id, data) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      consumer.subscribe(List.of(arguments[2]));
      boolean told = false;
      long committed = System.nanoTime();
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          insert.setString(1, record.key());
          insert.setBytes(2, record.value());
          insert.executeUpdate();
          producer.send(
              new ProducerRecord<>(
                  arguments[3], null, record.key(), record.value(), record.headers()),
              BareLoop::endIfFailed);
        }
        if (!told && !consumer.assignment().isEmpty()) {
          told = true;
          System.out.println("ready");
        }
        if (System.nanoTime() - committed > COMMIT_INTERVAL_NANOS) {
          producer.flush();
          consumer.commitAsync();
          committed = System.nanoTime();
        }
      }
    }
  }

  /** Its offset must not be committed then. */
  private static void endIfFailed(RecordMetadata place, @Nullable Exception failure) {
    if (failure != null) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static KafkaConsumer<String, byte[]> consumer(String kafka) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.GROUP_ID_CONFIG,
            "bare-loop",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static KafkaProducer<String, byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
