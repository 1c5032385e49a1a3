package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches through a real consumer, broker and database. */
@QuarkusTest
@WithPlatform
class BatchIntakeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RUNS = 200;

  @Inject HandledTogetherRepository handled;

  private final List<RunId> runs =
      IntStream.range(0, RUNS).mapToObj(i -> Fixtures.newRunId()).toList();
  private ContractProducer producer;

  @BeforeEach
  void connect() {
    producer = new ContractProducer();
    handled.hold();
  }

  @AfterEach
  void disconnect() {
    handled.release();
    producer.close();
  }

  @Test
  void eventsOfManyRunsAreHandledTogetherAndEachOnce() {
    runs.forEach(run -> producer.send(run, request("first")));
    runs.forEach(run -> producer.send(run, request("second")));
    handled.release();

    runs.forEach(run -> awaitCommitted(run, "first", "second"));
    assertThat(handled.calls())
        .filteredOn(call -> runs.contains(call.getFirst()))
        .anySatisfy(call -> assertThat(call).hasSizeGreaterThan(1))
        .allSatisfy(call -> assertThat(call).doesNotHaveDuplicates());
  }

  @Test
  void aRepeatedEventIsHandledOnceWhereverItStands() {
    List<Event<LaunchRequested>> events =
        runs.stream()
            .map(run -> Fixtures.event("/a", "repeated-" + run, run, request("first")))
            .toList();
    events.forEach(producer::send);
    events.forEach(producer::send);
    runs.forEach(run -> producer.send(run, request("last")));
    handled.release();

    runs.forEach(run -> awaitCommitted(run, "first", "last"));
  }

  @Test
  void whatFailsAmongOthersAloneBecomesADeadLetter() {
    RunId refused = runs.get(RUNS / 2);
    RunId unreadable = runs.get(RUNS / 3);
    RunId broken = runs.get(RUNS / 4);
    handled.refuse(
        refused,
        () -> {
          throw new IllegalStateException("no such thing");
        });
    handled.refuse(
        broken,
        () -> {
          throw new StackOverflowError("too deep");
        });
    byte[] torn = "{\"model\": ".getBytes(StandardCharsets.UTF_8);
    for (RunId run : runs) {
      if (run.equals(unreadable)) {
        producer.send(Fixtures.event(run, request("torn")).attributes(), torn);
      } else {
        producer.send(run, request("first"));
      }
    }
    // Records of one partition are in order, so all before these have been dealt with.
    runs.stream()
        .filter(run -> !run.equals(refused) && !run.equals(broken))
        .forEach(run -> producer.send(run, request("last")));
    handled.release();

    for (RunId run : runs) {
      if (run.equals(unreadable)) {
        awaitCommitted(run, "last");
      } else if (!run.equals(refused) && !run.equals(broken)) {
        awaitCommitted(run, "first", "last");
      }
    }
    assertThat(handled.committed(refused)).isEmpty();
    assertThat(handled.committed(broken)).isEmpty();
    assertThat(deadLetterReason(broken)).startsWith("handler-failed: 3 times");
    assertThat(deadLetterReason(refused)).startsWith("handler-failed: 3 times");
    assertThat(deadLetterReason(unreadable)).startsWith("bad-json: ");
  }

  private void awaitCommitted(RunId run, String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(handled.committed(run)).containsExactly(names));
  }

  private static String deadLetterReason(RunId run) {
    try (ContractConsumer consumer = ContractConsumer.ofDeadLetters(Topic.LAUNCH_REQUESTED)) {
      ConsumerRecord<String, byte[]> letter =
          consumer.awaitRecord(record -> run.value().equals(record.key()));
      return ContractConsumer.header(letter, "dead-letter-reason").orElseThrow();
    }
  }

  private static LaunchRequested request(String name) {
    return new LaunchRequested(
        null,
        name,
        "smollm2_135m",
        null,
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        null,
        null,
        Map.of(),
        null,
        Map.of(),
        null,
        null);
  }
}
