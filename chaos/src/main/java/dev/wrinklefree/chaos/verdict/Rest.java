package dev.wrinklefree.chaos.verdict;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.platform.World;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Knows whether anything is still on its way: records that no service has handled, events that no
 * relay has published, jobs that have not ended. Waits for new records rather than for time.
 */
final class Rest implements AutoCloseable {

  /** So long without a new record, the platform is taken to be at rest: three watchers' ticks. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final World world;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Rest(World world) {
    this.world = world;
    Map<String, Object> client = Map.of("bootstrap.servers", world.kafkaAddress());
    this.admin = Admin.create(client);
    this.consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
        all.add(new TopicPartition(topic.topicName(), partition));
      }
    }
    consumer.assign(all);
    consumer.seekToEnd(all);
  }

  /** Waits until nothing has come for a while and nothing is on its way, or until the deadline. */
  void await(long deadlineNanos) throws IOException, SQLException, InterruptedException {
    while (System.nanoTime() < deadlineNanos) {
      boolean moved = !consumer.poll(SILENCE).isEmpty();
      if (!moved && restless().isEmpty()) {
        return;
      }
    }
  }

  /** Waits until a record comes, or for the silence of one who will not. */
  void awaitMovement() {
    consumer.poll(SILENCE);
  }

  /** What is still on its way, in sentences. */
  List<String> restless() throws IOException, SQLException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (Part service : Part.SERVICES) {
      long lag = lag(service.title());
      if (lag > 0) {
        all.add("%s has %d records to handle".formatted(service.title(), lag));
      }
    }
    for (String database : world.databases()) {
      long backlog = count(database, "SELECT count(*) FROM outbox_event");
      if (backlog > 0) {
        all.add("%d events of %s are not published".formatted(backlog, database));
      }
    }
    long living =
        SkyPilotRecords.read(world.skypilot()).stream()
            .filter(job -> !job.state().isTerminal())
            .count();
    if (living > 0) {
      all.add("%d jobs have not ended".formatted(living));
    }
    return all;
  }

  private long lag(String group) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
      long lag = 0;
      for (var end : admin.listOffsets(latest).all().get().entrySet()) {
        OffsetAndMetadata handled = committed.get(end.getKey());
        lag += end.getValue().offset() - (handled == null ? 0 : handled.offset());
      }
      return lag;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell the offsets of " + group, e);
    }
  }

  private long count(String database, String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                world.jdbcUrl(database), ServiceDefinition.DATABASE_USER, "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
