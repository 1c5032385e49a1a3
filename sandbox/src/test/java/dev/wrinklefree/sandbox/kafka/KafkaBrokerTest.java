package dev.wrinklefree.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

  @Test
  void shouldDeliverRecordsInOrderWhenSeveralClientsUseIt() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(KafkaBrokerSettings.temporary())) {
      createTopic(broker, "orders");
      produce(broker, "orders", "one", "two", "three");

      assertThat(consume(broker, "orders", 3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void shouldKeepRecordsAndOffsetsWhenRestartedOnItsDirectory(@TempDir Path directory)
      throws Exception {
    try (KafkaBroker first = KafkaBroker.start(new KafkaBrokerSettings(0, directory))) {
      createTopic(first, "orders");
      produce(first, "orders", "one", "two");
      assertThat(consume(first, "orders", 2)).containsExactly("one", "two");
    }

    try (KafkaBroker second = KafkaBroker.start(new KafkaBrokerSettings(0, directory))) {
      produce(second, "orders", "three");
      assertThat(consume(second, "orders", 1))
          .as("after the offset of the first run")
          .containsExactly("three");
    }
  }

  @Test
  void shouldRunTransactionsWhenAProducerAsksForThem() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(KafkaBrokerSettings.temporary())) {
      createTopic(broker, "orders");
      Properties settings = clientSettings(broker);
      settings.put("transactional.id", "relay-1");
      try (var producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("orders", "key", "withdrawn"));
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("orders", "key", "kept"));
        producer.commitTransaction();
      }

      assertThat(consume(broker, "orders", 1)).containsExactly("kept");
    }
  }

  @Test
  void shouldRefuseATopicThatNobodyCreated() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(KafkaBrokerSettings.temporary());
        Admin admin = Admin.create(clientSettings(broker))) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("not-there")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  @Test
  void shouldFailAtOnceWhenThePortIsTaken(@TempDir Path directory) throws Exception {
    try (KafkaBroker first = KafkaBroker.start(KafkaBrokerSettings.temporary())) {
      assertThatThrownBy(() -> KafkaBroker.start(new KafkaBrokerSettings(first.port(), directory)))
          .isInstanceOf(BindException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldStartTwiceInOneProcessWhenPortsAreFree() throws Exception {
    try (KafkaBroker first = KafkaBroker.start(KafkaBrokerSettings.temporary());
        KafkaBroker second = KafkaBroker.start(KafkaBrokerSettings.temporary())) {
      createTopic(first, "only-in-the-first");

      try (Admin admin = Admin.create(clientSettings(second))) {
        assertThat(admin.listTopics().names().get()).isEmpty();
      }
    }
  }

  private static void createTopic(KafkaBroker broker, String name) throws Exception {
    try (Admin admin = Admin.create(clientSettings(broker))) {
      NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static void produce(KafkaBroker broker, String topic, String... values) {
    try (var producer =
        new KafkaProducer<>(
            clientSettings(broker), new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, "key", value));
      }
    }
  }

  private static List<String> consume(KafkaBroker broker, String topic, int count) {
    Properties settings = clientSettings(broker);
    settings.putAll(
        Map.of(
            "group.id", "readers",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed"));
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      consumer.commitSync();
    }
    return values;
  }

  private static Properties clientSettings(KafkaBroker broker) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return settings;
  }
}
