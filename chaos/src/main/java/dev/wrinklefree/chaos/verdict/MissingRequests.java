package dev.wrinklefree.chaos.verdict;

import dev.wrinklefree.chaos.load.RequestSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Requests that the broker acknowledged and does not have: the audit cannot miss what it never saw.
 */
final class MissingRequests {

  private static final Duration POLL = Duration.ofMillis(500);

  private MissingRequests() {}

  /** Keys of acknowledged requests that are not where the broker said it had put them. */
  static List<String> of(String bootstrapServers, List<RequestSender.Acknowledged> requests) {
    Set<String> there = new HashSet<>();
    Set<TopicPartition> partitions = new HashSet<>();
    for (RequestSender.Acknowledged request : requests) {
      partitions.add(new TopicPartition(request.where().topic(), request.where().partition()));
    }
    Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          there.add(place(record.topic(), record.partition(), record.offset(), record.key()));
        }
      }
    }
    List<String> missing = new ArrayList<>();
    for (RequestSender.Acknowledged request : requests) {
      String place =
          place(
              request.where().topic(),
              request.where().partition(),
              request.where().offset(),
              request.key());
      if (!there.contains(place)) {
        missing.add(request.key());
      }
    }
    return missing;
  }

  private static String place(String topic, int partition, long offset, String key) {
    return topic + "/" + partition + "/" + offset + "/" + key;
  }
}
