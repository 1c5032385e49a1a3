package dev.wrinklefree.outbox.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.testkit.ContractConsumer;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a broker of its own, which begins without topics. */
class TopicsCheckTest {

  private KafkaBroker broker;
  private Admin admin;

  @BeforeEach
  void start() throws IOException {
    broker = KafkaBroker.start(KafkaBrokerSettings.temporary());
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void createsMissingTopicsAsTheContractWantsThem() throws Exception {
    check(true).start(new StartupEvent());

    List<TopicState> wanted = TopicAudit.wanted();
    // The controller answers before the broker has learned of what it created.
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(TopicAudit.compare(wanted, new BrokerTopics(admin, null).read(wanted)))
                    .isEmpty());
    assertThatCode(() -> check(false).start(new StartupEvent())).doesNotThrowAnyException();
  }

  @Test
  void refusesToStartOnACompactedTopic() throws Exception {
    NewTopic compacted =
        new NewTopic(Topic.JOB_STATE.topicName(), 6, (short) 1)
            .configs(Map.of("cleanup.policy", "compact"));
    admin.createTopics(List.of(compacted)).all().get();
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(
            () ->
                new BrokerTopics(admin, null)
                    .read(TopicAudit.wanted())
                    .containsKey(compacted.name()));

    assertThatThrownBy(() -> check(true).start(new StartupEvent()))
        .isInstanceOf(TopicsRefusedException.class)
        .hasMessageContaining("topic job-state has cleanup.policy=compact, but must have delete");
  }

  @Test
  void refusesToStartWithoutATopicThatItMustNotCreate() {
    assertThatThrownBy(() -> check(false).start(new StartupEvent()))
        .isInstanceOf(TopicsRefusedException.class)
        .hasMessageContaining("topic launch-requested is missing and wf.topics.create is off");
  }

  @Test
  void saysWhenTheBrokerDoesNotAnswer() {
    broker.close();

    assertThatThrownBy(() -> check(true).start(new StartupEvent()))
        .isInstanceOf(TopicsRefusedException.class)
        .hasMessageContaining("the broker's topics cannot be checked");
  }

  @Test
  void waitsForABrokerWhoseNameDoesNotResolveYet() {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> check(true, "broker.invalid:9092").start(new StartupEvent()))
        .isInstanceOf(TopicsRefusedException.class)
        .hasMessageContaining("the broker's topics cannot be checked");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void startsWhenTheBrokerComes(@TempDir Path directory) throws Exception {
    int port = broker.port();
    broker.close();
    // A thread of its own: one of the common pool may bear the class loader of an earlier test.
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            () -> check(true, 30).start(new StartupEvent()), Thread.ofPlatform()::start);
    try (KafkaBroker late = KafkaBroker.start(new KafkaBrokerSettings(port, directory))) {
      assertThat(start).succeedsWithin(Duration.ofSeconds(30));
    }
  }

  private TopicsCheck check(boolean create) {
    return check(create, broker.bootstrapServers(), 2);
  }

  private TopicsCheck check(boolean create, int seconds) {
    return check(create, broker.bootstrapServers(), seconds);
  }

  private TopicsCheck check(boolean create, String address) {
    return check(create, address, 2);
  }

  private static TopicsCheck check(boolean create, String address, int seconds) {
    TopicsConfig config =
        new TopicsConfig() {
          @Override
          public boolean create() {
            return create;
          }

          @Override
          public Optional<Short> replicationFactor() {
            return Optional.empty();
          }

          @Override
          public Duration timeout() {
            return Duration.ofSeconds(seconds);
          }
        };
    return new TopicsCheck(config, Map.of("bootstrap.servers", address));
  }
}
