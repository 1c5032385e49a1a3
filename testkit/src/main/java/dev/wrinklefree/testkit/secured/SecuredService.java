package dev.wrinklefree.testkit.secured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Tries every client of a service that runs on a {@link SecuredBroker}. */
public final class SecuredService {

  private final SecuredBroker broker;
  private final String service;

  /** Tries that service there. */
  public SecuredService(SecuredBroker broker, String service) {
    this.broker = broker;
    this.service = service;
  }

  /** Its consumers and the producers of its dead letters: what nobody can read comes to rest. */
  public void mustDeadLetterWhatItCannotRead() {
    Map<String, String> admin = broker.clientOf(SecuredBroker.ADMIN);
    List<String> topics = AccessList.shipped().consumedBy(service);
    assertThat(topics).isNotEmpty();
    try (ContractProducer producer = new ContractProducer(admin)) {
      for (String name : topics) {
        Topic topic = Topic.named(name).orElseThrow();
        String key = Fixtures.newRunId().value();
        producer.sendPlain(topic, key, "no event");
        try (ContractConsumer letters =
            ContractConsumer.as(admin, List.of(topic.deadLetterName()))) {
          letters.awaitRecord(record -> key.equals(record.key()));
        }
      }
    }
  }

  /**
   * Its relay: what it appends to its outbox arrives, on each topic that is its own.
   *
   * @param append appends an event in a transaction
   */
  public void mustPublishByItsRelay(BiConsumer<RunId, EventData> append) {
    Map<String, String> admin = broker.clientOf(SecuredBroker.ADMIN);
    List<EventType> own =
        Arrays.stream(Topic.values())
            .filter(topic -> AccessList.shipped().writtenBy(service).contains(topic.topicName()))
            .map(SecuredService::anyType)
            .toList();
    assertThat(own).isNotEmpty();
    for (EventType type : own) {
      RunId runId = Fixtures.newRunId();
      append.accept(runId, Fixtures.data(type, runId));
      try (ContractConsumer events =
          ContractConsumer.as(admin, List.of(type.topic().topicName()))) {
        events.awaitRecord(record -> runId.value().equals(record.key()));
      }
    }
  }

  /** A check of a test's own: the list allows what the service is configured to consume. */
  public void mustBeAllowedToRead(List<String> configured) {
    assertThat(AccessList.shipped().consumedBy(service))
        .containsExactlyInAnyOrderElementsOf(configured);
  }

  /** The list allows what the service shows to clients of its streams, and reads no more. */
  public void mustBeAllowedToStream(List<String> shown) {
    assertThat(AccessList.shipped().streamedBy(service)).containsExactlyInAnyOrderElementsOf(shown);
  }

  private static EventType anyType(Topic topic) {
    return Arrays.stream(EventType.values())
        .filter(type -> type.topic() == topic)
        .findFirst()
        .orElseThrow();
  }
}
