package dev.wrinklefree.bench.costs;

import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The bare loop from one topic to another: consume a record, insert one row and commit, produce one
 * record. Prints a line when it is ready.
 */
final class EventPeer {

  /** What it consumes. */
  static final String FROM = "bare-job-state";

  /** Where it produces. */
  static final String TO = "bare-running-cost";

  private static final Duration POLL = Duration.ofMillis(200);
  private static final byte[] BODY = new byte[700];

  private EventPeer() {}

  /**
   * @param arguments the broker, and the JDBC address of a database of its own
   */
  public static void main(String[] arguments)
      throws SQLException, ExecutionException, InterruptedException {
    Map<String, Object> broker = Map.of("bootstrap.servers", arguments[0]);
    try (Connection connection =
            DriverManager.getConnection(arguments[1], ServiceDefinition.DATABASE_USER, null);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer())) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table cost (run_id text not null, data bytea not null)");
      }
      connection.setAutoCommit(false);
      List<TopicPartition> partitions =
          consumer.partitionsFor(FROM).stream()
              .map(info -> new TopicPartition(FROM, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      producer.partitionsFor(TO);
      System.out.println("ready");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into cost (run_id, data) values (?, ?)")) {
        while (true) {
          for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            insert.setString(1, record.key());
            insert.setBytes(2, record.value());
            insert.executeUpdate();
            connection.commit();
            producer.send(new ProducerRecord<>(TO, record.key(), BODY)).get();
          }
        }
      }
    }
  }
}
