package dev.wrinklefree.delivery.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream beside a broker that stops, starts, and forgets. */
class BrokerOutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = Topic.JOB_STATE.topicName();

  @Test
  void waitsForTheBrokerAndGoesOnAndTellsWhatWasForgotten(@TempDir Path directory)
      throws IOException, InterruptedException, ExecutionException {
    RunId run = Fixtures.newRunId();
    TopicWindow window = new TopicWindow(100_000);
    KafkaBroker broker = KafkaBroker.start(new KafkaBrokerSettings(0, directory));
    String bootstrap = broker.bootstrapServers();
    ContractTopics.create(bootstrap);
    StreamClients clients =
        new StreamClients(
            Map.of("bootstrap.servers", bootstrap, "reconnect.backoff.max.ms", "200"),
            "test",
            100_000,
            5_000);
    RecordReader reader = new RecordReader();
    TopicTail tail = new TopicTail(TOPIC, window, clients, reader);
    Thread thread = Thread.ofPlatform().start(tail);
    try (BrokerHistory history = new BrokerHistory(clients, reader);
        EventFeed feed =
            new EventFeed(Topic.JOB_STATE, run, new StartAt.Now(), window, history, () -> {})) {
      ResumeId begin = requireNonNull(((Signal.Idle) feed.next(PATIENCE)).id());
      send(bootstrap, run);
      Signal.Event first = event(feed);

      broker.close();
      assertThat(feed.next(Duration.ofMillis(100))).isEqualTo(new Signal.Idle(first.id()));
      broker = KafkaBroker.start(new KafkaBrokerSettings(broker.port(), directory));
      send(bootstrap, run);
      Signal.Event second = event(feed);
      assertThat(second.event().offset()).isEqualTo(first.event().offset() + 1);

      int partition = first.event().partition();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        admin
            .deleteRecords(
                Map.of(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(1)))
            .all()
            .get();
        try (EventFeed late =
            new EventFeed(
                Topic.JOB_STATE, run, new StartAt.After(begin), window, history, () -> {})) {
          assertThat(late.next(PATIENCE)).isInstanceOf(Signal.Idle.class);
          assertThat(late.next(PATIENCE))
              .isInstanceOfSatisfying(Signal.Gap.class, gap -> assertThat(gap.to()).isEqualTo(1));
          assertThat(event(late).event()).isEqualTo(second.event());
        }
      }
    } finally {
      tail.stop();
      thread.join();
      broker.close();
    }
  }

  private static void send(String bootstrap, RunId run) {
    try (ContractProducer producer = new ContractProducer(bootstrap)) {
      producer.send(run, Fixtures.data(EventType.JOB_STATE_CHANGED, run));
    }
  }

  private static Signal.Event event(EventFeed feed) throws InterruptedException {
    Signal signal = feed.next(PATIENCE);
    assertThat(signal).isInstanceOf(Signal.Event.class);
    return (Signal.Event) signal;
  }
}
