package dev.wrinklefree.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
class OutboxTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");

  @Inject Outbox outbox;

  @Test
  void publishesWhatWasCommitted() {
    RunId runId = Fixtures.newRunId();
    EventAttributes appended =
        QuarkusTransaction.requiringNew().call(() -> outbox.append(failed(runId)));

    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      Event<LaunchFailed> published = consumer.awaitEvent(runId, LaunchFailed.class);
      assertThat(published.attributes()).isEqualTo(appended);
      assertThat(published.data()).isEqualTo(Fixtures.launchFailed(runId));
      assertThat(appended.id()).isEqualTo(runId + ":1");
      assertThat(appended.source()).isEqualTo("/test-service/launch-state");
      assertThat(appended.sequence()).isEqualTo(1);
    }
  }

  @Test
  void numbersWhatIsAppendedTogetherByRunInItsOrder() {
    RunId one = Fixtures.newRunId();
    RunId other = Fixtures.newRunId();
    QuarkusTransaction.requiringNew().run(() -> outbox.append(failed(other)));

    List<EventAttributes> appended =
        QuarkusTransaction.requiringNew()
            .call(() -> outbox.appendAll(List.of(failed(other), failed(one), failed(other))));

    assertThat(appended)
        .extracting(EventAttributes::id)
        .containsExactly(other + ":2", one + ":1", other + ":3");
    assertThat(appended).extracting(EventAttributes::sequence).containsExactly(2L, 1L, 3L);
    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      assertThat(consumer.awaitEvents(other, 3))
          .extracting(event -> event.attributes().sequence())
          .containsExactly(1L, 2L, 3L);
      assertThat(consumer.awaitEvents(one, 1).getFirst().attributes()).isEqualTo(appended.get(1));
    }
  }

  @Test
  void refusesToAppendWithoutTransaction() {
    assertThatThrownBy(() -> outbox.append(failed(Fixtures.newRunId())))
        .isInstanceOf(TransactionalException.class);
  }

  @Test
  void refusesDataThatNoConsumerWouldRead() {
    RunId runId = Fixtures.newRunId();
    OutboundEvent large =
        new OutboundEvent(
            runId, new CancelRequested("x".repeat(300_000), null), NOW, NOW, null, null, null);

    assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> outbox.append(large)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("262144");
  }

  private static OutboundEvent failed(RunId runId) {
    return new OutboundEvent(runId, Fixtures.launchFailed(runId), NOW, NOW, "c-1", "c-2", null);
  }
}
