package dev.wrinklefree.outbox.topics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Reads and creates topics through Kafka's admin client. */
final class BrokerTopics {

  private final Admin admin;
  private final @Nullable Short replicationFactor;

  /**
   * @param replicationFactor of topics that are created; absent means the broker's default
   */
  BrokerTopics(Admin admin, @Nullable Short replicationFactor) {
    this.admin = admin;
    this.replicationFactor = replicationFactor;
  }

  /** Those of the names that exist. */
  Map<String, TopicState> read(List<TopicState> wanted)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<String> names = wanted.stream().map(TopicState::name).filter(existing::contains).toList();
    Map<ConfigResource, Config> settings =
        admin.describeConfigs(names.stream().map(BrokerTopics::resource).toList()).all().get();
    Map<String, TopicState> actual = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      Config config = settings.getOrDefault(resource(topic.name()), new Config(List.of()));
      actual.put(
          topic.name(), new TopicState(topic.name(), topic.partitions().size(), plain(config)));
    }
    return actual;
  }

  /** Creates topics. One that somebody else creates at the same moment is no failure. */
  void create(List<TopicState> missing) throws ExecutionException, InterruptedException {
    List<NewTopic> topics =
        missing.stream()
            .map(
                topic ->
                    new NewTopic(
                            topic.name(),
                            Optional.of(topic.partitions()),
                            Optional.ofNullable(replicationFactor))
                        .configs(topic.settings()))
            .toList();
    for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Map<String, String> plain(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
