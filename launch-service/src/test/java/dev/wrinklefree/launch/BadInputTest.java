package dev.wrinklefree.launch;

import static dev.wrinklefree.contract.event.EventType.LAUNCH_ACCEPTED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.SkyPilotWorld;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes on the topic gets its answer or its place, and consumption goes on. */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // the test resource sets the world
class BadInputTest {

  private static final String SMALL = "{\"model\":\"smollm2_135m\"}";
  private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

  SkyPilotWorld skyPilot;

  private final Conversation conversation = new Conversation();
  private final ContractConsumer deadLetters =
      ContractConsumer.ofDeadLetters(Topic.LAUNCH_REQUESTED, Topic.CANCEL_REQUESTED);
  private final RunId runId = Fixtures.newRunId();

  @AfterEach
  void close() {
    conversation.close();
    deadLetters.close();
  }

  @Test
  void unreadableJsonIsADeadLetterWithItsReasonAndConsumptionGoesOn() {
    conversation.launch(runId, "{\"model\": ");

    ConsumerRecord<String, byte[]> dead = awaitDeadLetter(runId.value());
    assertThat(header(dead, "dead-letter-reason")).startsWith("bad-json: ");
    assertThat(header(dead, "dead-letter-topic")).isEqualTo("launch-requested");
    assertThat(header(dead, "dead-letter-offset")).matches("\\d+");
    assertThat(dead.value()).isEqualTo("{\"model\": ".getBytes(StandardCharsets.UTF_8));
    assertThatConsumptionGoesOn();
  }

  @Test
  void aDuplicateFieldIsUnreadable() {
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"model\":\"qwen3_4b\"}");

    assertThat(header(awaitDeadLetter(runId.value()), "dead-letter-reason"))
        .startsWith("bad-json: ");
    assertThatConsumptionGoesOn();
  }

  @Test
  void fiveMegabytesAreADeadLetterWithTheirReason() {
    byte[] large = new byte[FIVE_MEGABYTES];
    Arrays.fill(large, (byte) ' ');
    conversation
        .producer()
        .send(attributes(EventType.LAUNCH_REQUESTED, runId, "large-" + runId), large);

    ConsumerRecord<String, byte[]> dead = awaitDeadLetter(runId.value());
    assertThat(header(dead, "dead-letter-reason"))
        .isEqualTo("too-large: data has 5242880 bytes, at most 262144 are read");
    assertThat(dead.value()).hasSize(FIVE_MEGABYTES);
    assertThatConsumptionGoesOn();
  }

  @ParameterizedTest
  @CsvSource({
    "dev.wrinklefree.launch.requested.v9,unknown-type",
    "dev.wrinklefree.launch.wanted.v1,unknown-type",
    "com.example.order.placed,unknown-type",
    "dev.wrinklefree.cancel.requested.v1,unknown-type"
  })
  void anUnknownTypeOrVersionIsADeadLetter(String type, String code) {
    ProducerRecord<String, byte[]> record = record(runId.value(), type, runId.value(), SMALL);
    conversation.producer().send(record);

    assertThat(header(awaitDeadLetter(runId.value()), "dead-letter-reason")).startsWith(code + ":");
    assertThatConsumptionGoesOn();
  }

  @Test
  void aMalformedRunIdIsADeadLetter() {
    String bad = "Not_A_Run " + runId;
    conversation.producer().send(record(bad, EventType.LAUNCH_REQUESTED.typeName(), bad, SMALL));

    assertThat(header(awaitDeadLetter(bad), "dead-letter-reason")).startsWith("bad-run-id: ");
  }

  @Test
  void aRecordThatIsNoCloudEventIsADeadLetter() {
    conversation.producer().sendPlain(Topic.LAUNCH_REQUESTED, runId.value(), SMALL);

    assertThat(header(awaitDeadLetter(runId.value()), "dead-letter-reason"))
        .startsWith("not-a-cloud-event: ");
    assertThatConsumptionGoesOn();
  }

  @Test
  void aMissingRunIdIsDerivedFromTheEvent() {
    String eventId = UUID.randomUUID().toString();
    ProducerRecord<String, byte[]> record =
        record(null, EventType.LAUNCH_REQUESTED.typeName(), null, SMALL);
    record.headers().remove("ce_id").add("ce_id", eventId.getBytes(StandardCharsets.UTF_8));
    RunId derived = RunId.derivedFrom(Conversation.SOURCE, eventId);

    conversation.producer().send(record);
    conversation.producer().send(record);

    assertThat(conversation.await(derived, LaunchAccepted.class).runId()).isEqualTo(derived);
    conversation.await(derived, LaunchSubmitted.class);
    assertThat(skyPilot.jobs(derived)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'model':'gpt-9'}|model|unknown-model",
        "{'model':'smollm2_135m','mode':'w3'}|mode|unknown-mode",
        "{'model':'smollm2_135m','scale':'huge'}|scale|unknown-scale",
        "{'model':'smollm2_135m','template':'nightly'}|template|unknown-template",
        "{'model':'smollm2_135m','template':'../application'}|template|unknown-template",
        "{'model':'smollm2_135m','overrides':['a=1\\nb=2']}|overrides[0]|bad-character",
        "{'model':'smollm2_135m','budget':{'limit':{'amount':'abc','currency':'USD'},"
            + "'action':'alert'}}|budget.limit.amount|bad-amount",
        "{'model':'smollm2_135m','bugdet':'5'}|bugdet|unknown-field",
        "{'model':'smollm2_135m','environment':{'LD_PRELOAD':'x'}}"
            + "|environment.LD_PRELOAD|reserved-environment-name",
        "{}|model|required"
      })
  void whatIsWrongIsRejectedAndNothingIsSubmitted(String request, String field, String code) {
    EventAttributes asked = conversation.launch(runId, request.replace('\'', '"'));

    LaunchRejected rejected = conversation.await(runId, LaunchRejected.class);

    assertThat(rejected.violations())
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly(field + " " + code);
    assertThat(conversation.await(runId, 1).getFirst().attributes().causationId())
        .isEqualTo(asked.id());
    assertThatConsumptionGoesOn();
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_REJECTED);
    assertThat(skyPilot.jobs(runId)).isEmpty();
  }

  @Test
  void theSameEventTwiceIsAnsweredOnce() {
    conversation.launch(runId, "one-" + runId, SMALL);
    conversation.launch(runId, "one-" + runId, SMALL);
    conversation.await(runId, LaunchSubmitted.class);

    assertThatTheRestIsQuiet(LAUNCH_ACCEPTED, EventType.LAUNCH_SUBMITTED);
  }

  @Test
  void theSameRequestByAnotherEventHasTheFirstAnswer() {
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"mode\":\"w1\"}");
    conversation.launch(runId, " {\"scale\":null, \"mode\":\"w1\", \"model\":\"smollm2_135m\"}");
    conversation.await(runId, LaunchSubmitted.class);

    assertThatTheRestIsQuiet(LAUNCH_ACCEPTED, EventType.LAUNCH_SUBMITTED);
  }

  @Test
  void theSameRunIdWithAnotherBodyIsAConflictAndTheFirstRunGoesOn() {
    EventAttributes first = conversation.launch(runId, SMALL);
    LaunchSubmitted submitted = conversation.await(runId, LaunchSubmitted.class);

    EventAttributes second = conversation.launch(runId, "{\"model\":\"qwen3_4b\"}");

    LaunchRejected rejected = conversation.await(runId, LaunchRejected.class);
    assertThat(rejected.violations())
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.code()).isEqualTo("conflict");
              assertThat(v.message()).contains(runId.value(), first.id(), Conversation.SOURCE);
            });
    assertThat(conversation.await(runId, 3).getLast().attributes().causationId())
        .isEqualTo(second.id());
    assertThat(Rows.of(runId).state()).isEqualTo("submitted");
    assertThat(skyPilot.jobs(runId))
        .singleElement()
        .satisfies(job -> assertThat(job.jobId()).isEqualTo(submitted.skypilotJobId()));
  }

  @Test
  void theSameEventIdForAnotherRunIsAConflict() {
    RunId other = Fixtures.newRunId();
    conversation.launch(runId, "twice-" + runId, SMALL);
    conversation.await(runId, LaunchAccepted.class);

    conversation.launch(other, "twice-" + runId, SMALL);

    assertThat(conversation.await(other, LaunchRejected.class).violations())
        .extracting("code")
        .containsExactly("conflict");
    assertThat(skyPilot.jobs(other)).isEmpty();
  }

  @Test
  void anUnreadableCancelIsADeadLetter() {
    conversation
        .producer()
        .send(
            attributes(EventType.CANCEL_REQUESTED, runId, "cancel-" + runId),
            "{\"reason\":[1]}".getBytes(StandardCharsets.UTF_8));

    assertThat(header(awaitDeadLetter(runId.value()), "dead-letter-reason"))
        .startsWith("bad-data: ");
  }

  /** A good request of the same key is behind the bad one in the same partition. */
  private void assertThatConsumptionGoesOn() {
    RunId good = sameKeyOrNew();
    conversation.launch(good, SMALL);
    assertThat(conversation.await(good, 1)).isNotEmpty();
  }

  /** The bad request may have the run id already: then the answer to come is a conflict. */
  private RunId sameKeyOrNew() {
    return conversation.answers(runId).isEmpty() ? runId : Fixtures.newRunId();
  }

  /** A last request of the same key is answered, so all before it have been handled. */
  private void assertThatTheRestIsQuiet(EventType... expected) {
    conversation.launch(runId, "{\"model\":\"none\"}");
    conversation.await(runId, LaunchRejected.class);
    List<EventType> all = conversation.answers(runId);
    assertThat(all.subList(0, all.size() - 1)).containsExactly(expected);
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  private ConsumerRecord<String, byte[]> awaitDeadLetter(String key) {
    return deadLetters.awaitRecord(record -> key.equals(record.key()));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return ContractConsumer.header(record, name).orElse("");
  }

  private static EventAttributes attributes(EventType type, RunId runId, String id) {
    return new EventAttributes(
        id, Conversation.SOURCE, type, runId, Fixtures.REQUESTED_AT, null, null, null, null, null);
  }

  private static ProducerRecord<String, byte[]> record(
      @Nullable String key, String type, @Nullable String subject, String json) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>("launch-requested", key, json.getBytes(StandardCharsets.UTF_8));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", UUID.randomUUID().toString());
    header(record, "ce_source", Conversation.SOURCE);
    header(record, "ce_type", type);
    header(record, "content-type", "application/json");
    if (subject != null) {
      header(record, "ce_subject", subject);
    }
    return record;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
