package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.audit.deadletter.DeadLetter;
import dev.wrinklefree.audit.deadletter.DeadLetterReader;
import dev.wrinklefree.audit.deadletter.Replay;
import dev.wrinklefree.audit.deadletter.ReplaySender;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.intake.HandledRepository.Handled;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.platform.TestBroker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A dead letter that is sent again is handled: what fails leaves no trace in the inbox. */
@QuarkusTest
@WithPlatform
class ReplayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject HandledRepository handled;

  private final Map<String, String> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void handlesARequestWhoseBodyWasCorrected() throws Exception {
    RunId runId = Fixtures.newRunId();
    Event<?> event = Fixtures.event("/a", "torn-" + runId, runId, new CancelRequested("x", null));
    try (ContractProducer producer = new ContractProducer()) {
      producer.send(event.attributes(), "{\"reason\":".getBytes(StandardCharsets.UTF_8));
    }
    DeadLetter letter = awaitLetter(runId);
    assertThat(letter.origin()).isPresent();
    assertThat(letter.reason()).startsWith("bad-json");
    assertThat(replay(letter, null).foreseenProblem()).isPresent();

    Replay corrected =
        replay(letter, new Replay.Body("{\"reason\":\"enough\"}".getBytes(StandardCharsets.UTF_8)));
    assertThat(corrected.foreseenProblem()).isEmpty();
    send(corrected);

    try (ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      assertThat(consumer.awaitEvent(runId, LaunchFailed.class).attributes().causationId())
          .isEqualTo(event.attributes().id());
    }
  }

  @Test
  void handlesARequestWhoseHandlerFailed() throws Exception {
    RunId runId = Fixtures.newRunId();
    handled.failNext(runId, Collections.nCopies(3, new IllegalStateException("no such thing")));
    try (ContractProducer producer = new ContractProducer()) {
      producer.send(runId, new CancelRequested("enough", null));
    }
    DeadLetter letter = awaitLetter(runId);
    assertThat(handled.committed(runId)).isEmpty();

    send(replay(letter, null));

    await().atMost(PATIENCE).until(() -> !handled.committed(runId).isEmpty());
    assertThat(handled.committed(runId)).containsExactly(new Handled("enough", false));
    try (DeadLetterReader reader = new DeadLetterReader(client, PATIENCE)) {
      assertThat(reader.replaysOf(Topic.CANCEL_REQUESTED)).containsKey(letter.id());
    }
  }

  private static Replay replay(DeadLetter letter, Replay.@Nullable Body body) {
    return Replay.of(letter, body).orElseThrow();
  }

  private void send(Replay replay) throws InterruptedException {
    try (ReplaySender sender = new ReplaySender(client, PATIENCE)) {
      sender.send(replay);
    }
  }

  private DeadLetter awaitLetter(RunId runId) {
    try (ContractConsumer consumer = ContractConsumer.ofDeadLetters(Topic.CANCEL_REQUESTED)) {
      ConsumerRecord<String, byte[]> record =
          consumer.awaitRecord(r -> runId.value().equals(r.key()));
      assertThat(record.topic()).isEqualTo(Topic.CANCEL_REQUESTED.deadLetterName());
    }
    List<DeadLetter> letters = new ArrayList<>();
    try (DeadLetterReader reader = new DeadLetterReader(client, PATIENCE)) {
      reader.forEach(
          List.of(Topic.CANCEL_REQUESTED),
          letter -> {
            byte[] key = letter.key();
            if (key != null && runId.value().equals(new String(key, StandardCharsets.UTF_8))) {
              letters.add(letter);
            }
          });
    }
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }
}
