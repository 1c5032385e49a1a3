package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.check.Finding;
import dev.wrinklefree.contract.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether Kafka is there, and the platform's topics on it. */
public final class ClusterCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaSettings kafka;

  /** Of that cluster. */
  public ClusterCheck(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** Reachable, and with all topics. Only its own topics may be visible to a person. */
  public List<Finding> findings() throws InterruptedException {
    try {
      Set<String> topics = Broker.with(kafka, this::topics);
      List<String> missing = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        if (!topics.contains(topic.topicName())) {
          missing.add(topic.topicName());
        }
      }
      return List.of(
          Finding.ok("kafka", "reachable", kafka.bootstrapServers()),
          missing.isEmpty()
              ? Finding.ok("kafka", "topics", "all " + Topic.values().length + " are there")
              : Finding.failed(
                  "kafka",
                  "topics",
                  "missing or not to be seen: " + String.join(", ", missing),
                  "The services make them when they start with wf.topics.create=true; your Kafka"
                      + " user needs DESCRIBE on them."));
    } catch (WfException e) {
      return List.of(
          Finding.unknown(
              "kafka",
              "reachable",
              String.valueOf(e.getMessage()),
              "Only wf events, audit and dead-letters need it here; the services say below"
                  + " whether they reach it."));
    }
  }

  private Set<String> topics() {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return Set.copyOf(consumer.listTopics().keySet());
    }
  }
}
