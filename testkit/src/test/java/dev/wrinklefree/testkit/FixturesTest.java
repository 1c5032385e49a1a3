package dev.wrinklefree.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Through the tests' own broker. */
class FixturesTest {

  @ParameterizedTest
  @EnumSource(EventType.class)
  void everySampleTravelsThroughTheBroker(EventType type) {
    RunId runId = Fixtures.newRunId();
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer = ContractConsumer.of(type.topic())) {
      EventAttributes sent = producer.send(runId, Fixtures.data(type, runId));

      List<Event<?>> events = consumer.awaitEvents(runId, 1);

      assertThat(events).hasSize(1);
      assertThat(events.getFirst().attributes()).isEqualTo(sent);
      assertThat(events.getFirst().data()).isEqualTo(Fixtures.data(type, runId));
    }
  }

  @Test
  void recordsAreReadUpToTheirEnd() {
    RunId runId = Fixtures.newRunId();
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer = ContractConsumer.of(Topic.JOB_STATE)) {
      for (int i = 0; i < 20; i++) {
        producer.send(runId, Fixtures.data(EventType.JOB_STATE_CHANGED, runId));
      }

      assertThat(consumer.records())
          .extracting(ConsumerRecord::key)
          .filteredOn(runId.value()::equals)
          .hasSize(20);
    }
  }
}
