package dev.wrinklefree.testkit.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/**
 * Sends hostile relatives of events to the topics that a running service reads, and then one record
 * to each partition that can only become a dead letter. When those have, the service has come past
 * all others, and lives.
 */
public final class Siege {

  private final String name = "siege-" + UUID.randomUUID().toString().substring(0, 8);
  private final EventCodec codec = new EventCodec();
  private final RecordMutator mutator = new RecordMutator();
  private final Set<String> unreadable = new HashSet<>();
  private final List<EventType> types;

  private Siege(List<EventType> types) {
    this.types = List.copyOf(types);
  }

  /**
   * Runs a campaign against the service under test.
   *
   * @param types of events that it reads
   * @throws AssertionError if the service does not come past them, or a record that cannot be read
   *     has not exactly one dead letter, or any record has two
   */
  public static FuzzCampaign run(String service, int cases, EventType... types) {
    return new Siege(List.of(types)).run(FuzzCampaign.ofDear(service, cases));
  }

  private FuzzCampaign run(FuzzCampaign campaign) {
    Topic[] topics = types.stream().map(EventType::topic).distinct().toArray(Topic[]::new);
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer deadLetters = ContractConsumer.ofDeadLetters(topics)) {
      campaign.run((random, number) -> send(producer, hostile(random, number)));
      for (Topic topic : topics) {
        for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
          String place = place(producer.send(last(topic, partition)));
          deadLetters.awaitRecord(record -> place(record).equals(place));
        }
      }
      check(deadLetters);
    }
    campaign.report();
    return campaign;
  }

  private ProducerRecord<String, byte[]> hostile(SplittableRandom random, int number) {
    EventType type = types.get(random.nextInt(types.size()));
    RunId runId = new RunId(name + "-" + number);
    Event<?> valid = Fixtures.event("/" + name, "e-" + number, runId, Fixtures.data(type, runId));
    List<String> fields = new ArrayList<>();
    JsonNode data = ContractJson.mapper().valueToTree(valid.data());
    data.fieldNames().forEachRemaining(fields::add);
    return mutator.mutated(valid, fields, random);
  }

  private String send(ContractProducer producer, ProducerRecord<String, byte[]> record) {
    RecordMetadata sent = producer.send(record);
    try {
      codec.readRaw(RecordMutator.consumed(record));
    } catch (UnreadableEventException e) {
      unreadable.add(place(sent));
      return "dead-lettered";
    }
    try {
      codec.read(RecordMutator.consumed(record));
      return "readable";
    } catch (UnreadableEventException e) {
      return "wrong in its data";
    }
  }

  private ProducerRecord<String, byte[]> last(Topic topic, int partition) {
    return new ProducerRecord<>(
        topic.topicName(), partition, name, "the end".getBytes(StandardCharsets.UTF_8));
  }

  private void check(ContractConsumer deadLetters) {
    Map<String, Integer> counts = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : deadLetters.records()) {
      if (counts.merge(place(record), 1, Integer::sum) > 1) {
        throw new AssertionError("two dead letters of " + place(record));
      }
    }
    if (!counts.keySet().containsAll(unreadable)) {
      unreadable.removeAll(counts.keySet());
      throw new AssertionError("no dead letters of " + unreadable);
    }
  }

  private static String place(RecordMetadata sent) {
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static String place(ConsumerRecord<String, byte[]> deadLetter) {
    return String.join(
        "-",
        ContractConsumer.header(deadLetter, "dead-letter-topic").orElse("?"),
        ContractConsumer.header(deadLetter, "dead-letter-partition").orElse("?"),
        ContractConsumer.header(deadLetter, "dead-letter-offset").orElse("?"));
  }
}
