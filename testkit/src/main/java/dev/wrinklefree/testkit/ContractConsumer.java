package dev.wrinklefree.testkit;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.platform.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A plain Kafka consumer that reads whole topics, from their first record. It polls in the calling
 * thread, so it is for one thread only.
 */
public final class ContractConsumer implements AutoCloseable {

  /** How long an awaited record may take before the test fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(100);

  private final EventCodec codec = new EventCodec();
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

  private ContractConsumer(Map<String, String> client, List<String> topics) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads these topics of the broker of this JVM's tests. */
  public static ContractConsumer of(Topic... topics) {
    return at(TestBroker.bootstrapServers(), Arrays.stream(topics).map(Topic::topicName).toList());
  }

  /** Reads the dead letters of these topics. */
  public static ContractConsumer ofDeadLetters(Topic... topics) {
    return at(
        TestBroker.bootstrapServers(), Arrays.stream(topics).map(Topic::deadLetterName).toList());
  }

  /** Reads topics of any broker. */
  public static ContractConsumer at(String bootstrapServers, List<String> topics) {
    return as(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), topics);
  }

  /** Reads topics as the client that has those settings of Kafka. */
  public static ContractConsumer as(Map<String, String> client, List<String> topics) {
    return new ContractConsumer(client, topics);
  }

  /** All records that the broker has by now, each partition in order; does not wait for more. */
  public List<ConsumerRecord<String, byte[]>> records() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll();
    }
    return List.copyOf(seen);
  }

  /** The events of a run so far, in order per topic; does not wait for more. */
  public List<Event<?>> events(RunId runId) {
    records();
    return eventsSeen(runId);
  }

  /** Waits until the run has at least that many events, and returns all of them. */
  public List<Event<?>> awaitEvents(RunId runId, int count) {
    return await(
        () -> Optional.of(eventsSeen(runId)).filter(events -> events.size() >= count),
        () -> count + " events of " + runId + ", there are " + eventsSeen(runId));
  }

  /** Waits for the run's first event with data of that class. */
  public <D extends EventData> Event<D> awaitEvent(RunId runId, Class<D> dataClass) {
    return awaitEvent(runId, dataClass, data -> true);
  }

  /** Waits for the run's first event with such data. */
  public <D extends EventData> Event<D> awaitEvent(
      RunId runId, Class<D> dataClass, Predicate<? super D> wanted) {
    return await(
        () ->
            eventsSeen(runId).stream()
                .filter(event -> dataClass.isInstance(event.data()))
                .map(event -> new Event<>(event.attributes(), dataClass.cast(event.data())))
                .filter(event -> wanted.test(event.data()))
                .findFirst(),
        () -> dataClass.getSimpleName() + " of " + runId + ", there are " + eventsSeen(runId));
  }

  /** Waits for the first such record. */
  public ConsumerRecord<String, byte[]> awaitRecord(
      Predicate<? super ConsumerRecord<String, byte[]>> wanted) {
    return await(
        () -> seen.stream().filter(wanted).findFirst(),
        () -> "such a record, there are " + seen.size() + " others");
  }

  /** The text of a record's last header of that name, if it has one. */
  public static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    consumer.close();
  }

  private <T> T await(Supplier<Optional<T>> found, Supplier<String> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> result = found.get();
      if (result.isPresent()) {
        return result.get();
      }
      poll();
    }
    throw new AssertionError(
        "within " + PATIENCE.toSeconds() + " s there should be " + wanted.get());
  }

  private void poll() {
    consumer.poll(POLL).forEach(seen::add);
  }

  private List<Event<?>> eventsSeen(RunId runId) {
    return seen.stream()
        .filter(record -> Objects.equals(record.key(), runId.value()))
        .<Event<?>>map(this::read)
        .toList();
  }

  private Event<?> read(ConsumerRecord<String, byte[]> record) {
    try {
      return codec.read(record);
    } catch (UnreadableEventException e) {
      throw new AssertionError(
          "record " + record.offset() + " of " + record.topic() + " breaks the contract", e);
    }
  }
}
