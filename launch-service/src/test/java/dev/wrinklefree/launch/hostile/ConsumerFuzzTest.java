package dev.wrinklefree.launch.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.fuzz.FuzzCampaign;
import dev.wrinklefree.testkit.fuzz.JsonMutator;
import dev.wrinklefree.testkit.fuzz.RecordMutator;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thousands of hostile records at the running service: each has one answer or one dead letter. */
@QuarkusTest
@WithWorld
class ConsumerFuzzTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String batch = UUID.randomUUID().toString().substring(0, 8);
  private final EventCodec codec = new EventCodec();
  private final RecordMutator mutator = new RecordMutator();
  private final Conversation conversation = new Conversation();
  private final ContractConsumer answers = ContractConsumer.of(Topic.LAUNCH_STATE);
  private final ContractConsumer deadLetters =
      ContractConsumer.ofDeadLetters(Topic.LAUNCH_REQUESTED);

  /** By run and event id: what must be answered. */
  private final Set<String> readable = new HashSet<>();

  /** By partition and offset: what must become a dead letter. */
  private final Set<String> unreadable = new HashSet<>();

  private final Set<RunId> runs = new HashSet<>();

  @AfterEach
  void close() {
    conversation.close();
    answers.close();
    deadLetters.close();
  }

  @Test
  void everyRecordIsAnsweredOrADeadLetterExactlyOnceAndTheConsumerLives() {
    FuzzCampaign campaign = FuzzCampaign.ofDear("consumer", 300);

    campaign.run((random, number) -> send(hostile(random, number)));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                answered().keySet().containsAll(readable)
                    && dead().keySet().containsAll(unreadable));
    RunId good = Fixtures.newRunId();
    conversation.launch(good, "{\"model\":\"smollm2_135m\"}");

    assertThat(conversation.await(good, LaunchAccepted.class).runId()).isEqualTo(good);
    assertThat(only(answered(), readable)).hasSize(readable.size()).allSatisfy(this::isOne);
    assertThat(only(dead(), unreadable)).hasSize(unreadable.size()).allSatisfy(this::isOne);
    assertThat(readable.size() + unreadable.size()).isPositive();
    // None of those that could be read is a dead letter as well.
    assertThat(deadLetters.records())
        .filteredOn(record -> String.valueOf(record.key()).contains(batch))
        .allSatisfy(record -> assertThat(unreadable).contains(place(record)));
    campaign.report();
  }

  private ProducerRecord<String, byte[]> hostile(SplittableRandom random, int number) {
    RunId runId = new RunId("fuzz-" + batch + "-" + number);
    EventAttributes attributes =
        Fixtures.event("/fuzz/" + batch, "e-" + number, runId, Fixtures.launchRequested())
            .attributes();
    ObjectNode valid = random.nextInt(20) == 0 ? RequestSeeds.full() : RequestSeeds.hopeless();
    return mutator.mutated(
        codec.write(attributes, JsonMutator.text(valid).getBytes(StandardCharsets.UTF_8)),
        RequestSeeds.FIELDS,
        random);
  }

  /** Sends a record, and notes what must come of it by the contract's own reader. */
  private String send(ProducerRecord<String, byte[]> record) {
    try {
      EventAttributes attributes = codec.readRaw(RecordMutator.consumed(record)).attributes();
      if (!runs.add(attributes.runId())) {
        return "not sent: the run of another case";
      }
      conversation.producer().send(record);
      readable.add(attributes.runId() + " " + attributes.id());
      return "answered";
    } catch (UnreadableEventException e) {
      RecordMetadata sent = conversation.producer().send(record);
      unreadable.add(sent.partition() + "-" + sent.offset());
      return "dead-lettered";
    }
  }

  private Map<String, Integer> answered() {
    Map<String, Integer> counts = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : answers.records()) {
      String type = ContractConsumer.header(record, "ce_type").orElse("");
      if (type.equals(EventType.LAUNCH_ACCEPTED.typeName())
          || type.equals(EventType.LAUNCH_REJECTED.typeName())) {
        String cause = ContractConsumer.header(record, "ce_causationid").orElse("");
        counts.merge(record.key() + " " + cause, 1, Integer::sum);
      }
    }
    return counts;
  }

  private Map<String, Integer> dead() {
    Map<String, Integer> counts = new HashMap<>();
    deadLetters.records().forEach(record -> counts.merge(place(record), 1, Integer::sum));
    return counts;
  }

  private static String place(ConsumerRecord<String, byte[]> record) {
    return ContractConsumer.header(record, "dead-letter-partition").orElse("?")
        + "-"
        + ContractConsumer.header(record, "dead-letter-offset").orElse("?");
  }

  private static List<Map.Entry<String, Integer>> only(
      Map<String, Integer> counts, Set<String> wanted) {
    return counts.entrySet().stream().filter(e -> wanted.contains(e.getKey())).toList();
  }

  private void isOne(Map.Entry<String, Integer> count) {
    assertThat(count.getValue()).as(count.getKey()).isEqualTo(1);
  }
}
