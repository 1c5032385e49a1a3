package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboxUnavailableException;
import dev.wrinklefree.outbox.intake.HandledRepository.Handled;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through a real consumer, broker and database. */
@QuarkusTest
@WithPlatform
class IntakeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject HandledRepository handled;

  private ContractProducer producer;

  @BeforeEach
  void connect() {
    producer = new ContractProducer();
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void handlesAnEventWithAllThatFollowsInOneTransaction() {
    RunId runId = Fixtures.newRunId();

    Event<?> sent = Fixtures.event(runId, new CancelRequested("enough", null));
    producer.send(sent);

    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      Event<LaunchFailed> answer = consumer.awaitEvent(runId, LaunchFailed.class);
      assertThat(answer.attributes().causationId()).isEqualTo(sent.attributes().id());
      assertThat(answer.attributes().correlationId()).isEqualTo(sent.attributes().id());
    }
    assertThat(handled.committed(runId)).containsExactly(new Handled("enough", false));
  }

  @Test
  void handlesARepeatedEventOnce() {
    RunId runId = Fixtures.newRunId();
    Event<?> event = Fixtures.event("/a", "repeated-" + runId, runId, cancel("enough"));

    producer.send(event);
    producer.send(event);
    sendBarrier(runId);

    assertThat(handled.committed(runId))
        .containsExactly(new Handled("enough", false), new Handled("barrier", false));
    assertThat(handled.calls(runId)).isEqualTo(2);
  }

  @Test
  void tellsTheHandlerOnceWhenAnIdComesWithAnotherBody() {
    RunId runId = Fixtures.newRunId();
    String id = "conflict-" + runId;

    producer.send(Fixtures.event("/a", id, runId, cancel("first")));
    producer.send(Fixtures.event("/a", id, runId, cancel("second")));
    producer.send(Fixtures.event("/a", id, runId, cancel("second")));
    producer.send(Fixtures.event("/a", id, runId, cancel("first")));
    producer.send(Fixtures.event("/b", id, runId, cancel("other source")));
    sendBarrier(runId);

    assertThat(handled.committed(runId))
        .containsExactly(
            new Handled("first", false),
            new Handled("second", true),
            new Handled("other source", false),
            new Handled("barrier", false));
  }

  @Test
  void triesAgainForAsLongAsTheDatabaseFails() {
    RunId runId = Fixtures.newRunId();
    handled.failNext(runId, Collections.nCopies(5, databaseFailure()));

    producer.send(runId, cancel("enough"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(handled.committed(runId)).containsExactly(new Handled("enough", false)));
    assertThat(handled.calls(runId)).isEqualTo(6);
    assertThat(deadLettersOf(runId)).isEmpty();
  }

  @Test
  void leavesNoTraceOfAFailedAttempt() {
    RunId runId = Fixtures.newRunId();
    handled.failNext(runId, List.of(databaseFailure(), new IllegalStateException("once")));

    producer.send(runId, cancel("enough"));
    sendBarrier(runId);

    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      assertThat(consumer.awaitEvents(runId, 2))
          .extracting(event -> event.attributes().sequence())
          .containsExactly(1L, 2L);
    }
    assertThat(handled.committed(runId))
        .containsExactly(new Handled("enough", false), new Handled("barrier", false));
  }

  @Test
  void givesUpAHandlerThatFailsThreeTimesAndGoesOn() {
    RunId runId = Fixtures.newRunId();
    handled.failNext(runId, Collections.nCopies(3, new IllegalStateException("no such thing")));

    producer.send(runId, cancel("enough"));
    sendBarrier(runId);

    assertThat(handled.committed(runId)).containsExactly(new Handled("barrier", false));
    assertThat(handled.calls(runId)).isEqualTo(4);
    ConsumerRecord<String, byte[]> letter = awaitDeadLetter(runId);
    assertThat(ContractConsumer.header(letter, "dead-letter-reason"))
        .hasValue("handler-failed: 3 times, at last with java.lang.IllegalStateException");
    assertThat(ContractConsumer.header(letter, "dead-letter-cause")).hasValue("no such thing");
  }

  @Test
  void makesADeadLetterOfWhatCannotBeReadWithTheSameBytes() {
    RunId runId = Fixtures.newRunId();
    byte[] body = "{\"reason\": ".getBytes(StandardCharsets.UTF_8);

    producer.send(Fixtures.event(runId, cancel("x")).attributes(), body);
    sendBarrier(runId);

    ConsumerRecord<String, byte[]> letter = awaitDeadLetter(runId);
    assertThat(letter.value()).isEqualTo(body);
    assertThat(ContractConsumer.header(letter, "dead-letter-reason").orElseThrow())
        .startsWith("bad-json: ");
    assertThat(ContractConsumer.header(letter, "dead-letter-topic")).hasValue("cancel-requested");
    assertThat(ContractConsumer.header(letter, "dead-letter-partition")).isPresent();
    assertThat(ContractConsumer.header(letter, "dead-letter-offset")).isPresent();
    assertThat(ContractConsumer.header(letter, "ce_type"))
        .hasValue("dev.wrinklefree.cancel.requested.v1");
    assertThat(handled.committed(runId)).containsExactly(new Handled("barrier", false));
  }

  @Test
  void makesADeadLetterOfTheLargestRecordThatTheTopicTakes() {
    RunId runId = Fixtures.newRunId();
    int limit = Integer.parseInt(Topic.CANCEL_REQUESTED.brokerSettings().get("max.message.bytes"));
    // What a record of one key costs beside its value, in Kafka's format.
    byte[] body = new byte[limit - 150];
    new Random(1).nextBytes(body);

    producer.send(new ProducerRecord<>(Topic.CANCEL_REQUESTED.topicName(), runId.value(), body));
    sendBarrier(runId);

    ConsumerRecord<String, byte[]> letter = awaitDeadLetter(runId);
    assertThat(letter.value()).isEqualTo(body);
    assertThat(ContractConsumer.header(letter, "dead-letter-reason").orElseThrow())
        .startsWith("too-large: ");
  }

  @Test
  void makesDeadLettersOfStrangeRecordsAndGoesOn() {
    RunId runId = Fixtures.newRunId();
    String topic = Topic.CANCEL_REQUESTED.topicName();

    producer.sendPlain(Topic.CANCEL_REQUESTED, runId.value(), "hello");
    producer.send(new ProducerRecord<>(topic, runId.value(), null));
    ProducerRecord<String, byte[]> structured =
        new ProducerRecord<>(
            topic, runId.value(), "{\"specversion\":\"1.0\"}".getBytes(StandardCharsets.UTF_8));
    structured
        .headers()
        .add(
            "content-type",
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8));
    producer.send(structured);
    sendBarrier(runId);

    await().atMost(PATIENCE).until(() -> deadLettersOf(runId).size() == 3);
    assertThat(deadLettersOf(runId))
        .allSatisfy(
            letter ->
                assertThat(ContractConsumer.header(letter, "dead-letter-reason")).isPresent());
    assertThat(handled.committed(runId)).containsExactly(new Handled("barrier", false));
  }

  /** Records of one run are in order, so all before this one have been dealt with. */
  private void sendBarrier(RunId runId) {
    producer.send(runId, cancel("barrier"));
    await()
        .atMost(PATIENCE)
        .until(() -> handled.committed(runId).contains(new Handled("barrier", false)));
  }

  private static ConsumerRecord<String, byte[]> awaitDeadLetter(RunId runId) {
    try (ContractConsumer consumer = ContractConsumer.ofDeadLetters(Topic.CANCEL_REQUESTED)) {
      return consumer.awaitRecord(record -> runId.value().equals(record.key()));
    }
  }

  private static List<ConsumerRecord<String, byte[]>> deadLettersOf(RunId runId) {
    try (ContractConsumer consumer = ContractConsumer.ofDeadLetters(Topic.CANCEL_REQUESTED)) {
      return consumer.records().stream()
          .filter(record -> runId.value().equals(record.key()))
          .toList();
    }
  }

  private static CancelRequested cancel(String reason) {
    return new CancelRequested(reason, null);
  }

  private static RuntimeException databaseFailure() {
    return new OutboxUnavailableException(new SQLException("connection lost", "08006"));
  }
}
