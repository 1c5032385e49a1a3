package dev.wrinklefree.testkit.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped ACLs on a broker that keeps to them. */
@SuppressWarnings("NullAway.Init") // started before all
class LeastPrivilegeTest {

  private static final List<String> ALL_TOPICS =
      Arrays.stream(Topic.values())
          .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
          .toList();

  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    broker = SecuredBroker.start();
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"launch-service", "monitor-service", "checkpoint-service", "cost-service"})
  void aServiceWritesItsOwnTopicsAndNoOther(String service)
      throws ExecutionException, InterruptedException {
    List<String> written = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(service), new StringSerializer(), new StringSerializer())) {
      for (String topic : ALL_TOPICS) {
        try {
          producer.send(new ProducerRecord<>(topic, "run", "x")).get();
          written.add(topic);
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
        }
      }
    }

    assertThat(written)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(AccessList.shipped().writtenBy(service));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"launch-service", "monitor-service", "checkpoint-service", "cost-service"})
  void aServiceReadsItsOwnTopicsAndNoOther(String service) {
    List<String> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client(service), new StringDeserializer(), new StringDeserializer())) {
      for (String topic : ALL_TOPICS) {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        consumer.seekToBeginning(consumer.assignment());
        try {
          // A fetch is answered at once where it is refused, else after the wait for records.
          consumer.poll(java.time.Duration.ofSeconds(1));
          read.add(topic);
        } catch (TopicAuthorizationException e) {
          assertThat(e.unauthorizedTopics()).containsExactly(topic);
        }
      }
    }

    assertThat(read)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(AccessList.shipped().readBy(service));
  }

  @Test
  void noServiceCreatesTopics() {
    try (Admin admin = Admin.create(client("launch-service"))) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(
              () -> admin.createTopics(List.of(new NewTopic("new", 1, (short) 1))).all().get())
          .withCauseInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void nobodyGetsInWithAnotherPassword() {
    Map<String, Object> client = client("launch-service");
    client.compute(
        "sasl.jaas.config", (name, value) -> String.valueOf(value).replace("test-password", "no"));
    try (Admin admin = Admin.create(client)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> admin.describeCluster().nodes().get())
          .withCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  private static Map<String, Object> client(String user) {
    return new HashMap<>(broker.clientOf(user));
  }
}
