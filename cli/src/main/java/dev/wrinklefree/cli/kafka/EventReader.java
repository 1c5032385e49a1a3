package dev.wrinklefree.cli.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.event.EventPrinter;
import dev.wrinklefree.cli.event.ToldEvent;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the platform's topics as a stranger: no consumer group, no commit. What was stored is told
 * in the order of its time, without breaking the order that a partition has; what comes is told as
 * it comes.
 */
public final class EventReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings kafka;
  private final ObjectMapper mapper = ContractJson.mapper();

  /** Reads that cluster. */
  public EventReader(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What to read.
   *
   * @param topics the topics
   * @param runId only events of this run; null for all
   * @param since only what was stored at or after; null for the newest alone
   * @param newest how many of what was stored, at most
   * @param follow whether to go on with what comes, until the thread is interrupted
   */
  public record Wish(
      List<Topic> topics,
      @Nullable String runId,
      @Nullable Instant since,
      int newest,
      boolean follow) {}

  private record Stored(long order, ToldEvent event) {}

  /** Reads and prints; ends when all that was stored is told, unless it follows. */
  public void read(Wish wish, EventPrinter printer) throws InterruptedException {
    Broker.with(
        kafka,
        () -> {
          try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, wish.topics());
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, wish, partitions, ends);
            stored(consumer, wish, ends).forEach(printer::print);
            while (wish.follow() && !Thread.currentThread().isInterrupted()) {
              for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                ToldEvent event = told(record);
                if (isWanted(event, wish)) {
                  printer.print(event);
                }
              }
            }
            return wish;
          }
        });
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<Topic> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    var onBroker = consumer.listTopics();
    for (Topic topic : topics) {
      onBroker
          .getOrDefault(topic.topicName(), List.of())
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    return partitions;
  }

  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer,
      Wish wish,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    Instant since = wish.since();
    if (since != null) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
      Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp at = found.get(partition);
        consumer.seek(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset());
      }
      return;
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long begin = begins.getOrDefault(partition, 0L);
      long last = ends.getOrDefault(partition, 0L) - wish.newest();
      // The newest of all cannot be older than the newest of its partition; of one run they can.
      consumer.seek(partition, wish.runId() == null ? Math.max(begin, last) : begin);
    }
  }

  private List<ToldEvent> stored(
      KafkaConsumer<byte[], byte[]> consumer, Wish wish, Map<TopicPartition, Long> ends) {
    List<Stored> stored = new ArrayList<>();
    Map<TopicPartition, Long> order = new HashMap<>();
    long silentSince = System.nanoTime();
    while (isBehind(consumer, ends)) {
      var records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > KafkaSettings.PATIENCE.toNanos()) {
        throw new TimeoutException("no record within " + KafkaSettings.PATIENCE);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        ToldEvent event = told(record);
        if (isWanted(event, wish)) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          long place = order.merge(partition, record.timestamp(), Math::max);
          stored.add(new Stored(place, event));
        }
      }
      if (stored.size() > 2L * wish.newest() + 1000) {
        trim(stored, wish.newest());
      }
    }
    trim(stored, wish.newest());
    return stored.stream().map(Stored::event).toList();
  }

  private static void trim(List<Stored> stored, int newest) {
    stored.sort(Comparator.comparingLong(Stored::order));
    if (stored.size() > newest) {
      stored.subList(0, stored.size() - newest).clear();
    }
  }

  private static boolean isBehind(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue());
  }

  private static boolean isWanted(ToldEvent event, Wish wish) {
    return wish.runId() == null || wish.runId().equals(event.runId());
  }

  private ToldEvent told(ConsumerRecord<byte[], byte[]> record) {
    String subject = header(record, "ce_subject");
    String runId = subject == null && record.key() != null ? text(record.key()) : subject;
    return new ToldEvent(
        ToldEvent.time(header(record, "ce_time"), Instant.ofEpochMilli(record.timestamp())),
        record.topic(),
        runId == null ? "" : runId,
        orEmpty(header(record, "ce_type")),
        orEmpty(header(record, "ce_source")),
        orEmpty(header(record, "ce_id")),
        json(record.value()));
  }

  private @Nullable JsonNode json(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode node = mapper.readTree(value);
      return node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : text(header.value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(KafkaSettings.PATIENCE.toMillis()));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The topics of those names. */
  public static List<Topic> topics(Collection<String> names) {
    return names.stream().map(EventReader::topic).toList();
  }

  private static Topic topic(String name) {
    return Topic.named(name)
        .orElseThrow(
            () ->
                new dev.wrinklefree.cli.WfException(
                    dev.wrinklefree.cli.ExitCode.USAGE,
                    "there is no topic \"" + name + "\"; one is job-state"));
  }
}
