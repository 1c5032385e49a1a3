package dev.wrinklefree.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.sandbox.port.FreePorts;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a send whose outcome is unknown does to the order, when the network delivers it later. */
@QuarkusTest
@WithPlatform
@TestProfile(WithoutRelay.class)
@SuppressWarnings("NullAway.Init") // Quarkus and JUnit set the fields
class LateDeliveryTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Outbox outbox;
  @Inject DataSource dataSource;
  @Inject RelaySignal signal;

  private final RunId run = Fixtures.newRunId();
  private HoldingProxy proxy;
  private KafkaBroker broker;

  @BeforeEach
  void start() throws Exception {
    proxy = new HoldingProxy();
    int door = FreePorts.find();
    broker =
        KafkaBroker.start(
            new KafkaBrokerSettings(
                0,
                null,
                List.of(new KafkaBrokerSettings.Door("PROXIED", door, proxy.port())),
                Map.of()));
    proxy.forwardTo(door);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(Topic.LAUNCH_STATE.topicName(), 1, (short) 1)))
          .all()
          .get();
    }
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    broker.close();
  }

  @Test
  void isRefusedByTheBrokerWhenTheSameReplicaHasSentAgain() throws Exception {
    try (BrokerPublisher publisher = Relays.impatientPublisher(proxy.address());
        Relays relays = new Relays(dataSource, proxy.address())) {
      relays.start(publisher, signal, SOON).start(publisher, signal, SOON);
      append();
      await().atMost(PATIENCE).until(() -> backlog() == 0);

      sendWithUnknownOutcome(relays);
      append();
      await().atMost(PATIENCE).until(() -> backlog() == 0);
      assertThat(proxy.deliver()).isPositive();
    }
    assertThat(sequences()).containsExactly(1L, 2L, 3L);
  }

  /** What no producer can prevent, and why an event may be repeated late, with its own id. */
  @Test
  void repeatsAnEventWhenAnotherReplicaTookOver() throws Exception {
    try (BrokerPublisher lost = Relays.impatientPublisher(proxy.address());
        BrokerPublisher successor = Relays.impatientPublisher(proxy.address())) {
      try (Relays relays = new Relays(dataSource, proxy.address())) {
        relays.start(lost, signal, SOON);
        append();
        await().atMost(PATIENCE).until(() -> backlog() == 0);
        proxy.hold();
        append();
        await().atMost(PATIENCE).until(() -> hasFailed(relays));
      }
      proxy.letNewOnesPass();
      try (Relays relays = new Relays(dataSource, proxy.address())) {
        relays.start(successor, signal, SOON);
        append();
        await().atMost(PATIENCE).until(() -> backlog() == 0);
      }
      assertThat(proxy.deliver()).isPositive();
    }
    assertThat(sequences().stream().distinct()).containsExactly(1L, 2L, 3L);
    assertThat(sequences()).containsExactly(1L, 2L, 3L, 2L);
  }

  /** The second event is on its way when its time is over; then the network is well again. */
  private void sendWithUnknownOutcome(Relays relays) throws Exception {
    proxy.hold();
    append();
    await().atMost(PATIENCE).until(() -> hasFailed(relays));
    proxy.letNewOnesPass();
    await().atMost(PATIENCE).until(() -> backlog() == 0);
  }

  private static boolean hasFailed(Relays relays) {
    return relays.waves().stream().anyMatch(wave -> wave.failure().isPresent());
  }

  private void append() {
    OutboundEvent event =
        new OutboundEvent(run, Fixtures.launchFailed(run), NOW, NOW, null, null, null);
    QuarkusTransaction.requiringNew().run(() -> outbox.append(event));
  }

  private long backlog() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new BacklogRepository().measure(connection).depth();
    }
  }

  private List<Long> sequences() {
    try (ContractConsumer consumer =
        ContractConsumer.at(broker.bootstrapServers(), List.of(Topic.LAUNCH_STATE.topicName()))) {
      return consumer.events(run).stream()
          .map(Event::attributes)
          .map(attributes -> attributes.sequence() == null ? 0L : attributes.sequence())
          .toList();
    }
  }
}
