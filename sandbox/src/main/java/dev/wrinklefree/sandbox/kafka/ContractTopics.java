package dev.wrinklefree.sandbox.kafka;

import dev.wrinklefree.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the contract's topics and their dead-letter topics with the contract's settings. */
public final class ContractTopics {

  private static final short ONE_COPY = 1;

  private ContractTopics() {}

  /**
   * Creates those that do not exist, and leaves the others as they are.
   *
   * @param bootstrapServers of a broker with a single node
   * @throws ExecutionException if the broker refuses one
   */
  public static void create(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      create(admin);
    }
  }

  /**
   * The same, by a client that may be somebody.
   *
   * @throws ExecutionException if the broker refuses one
   */
  public static void create(Admin admin) throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(
          new NewTopic(topic.topicName(), Topic.PARTITIONS, ONE_COPY)
              .configs(topic.brokerSettings()));
      topics.add(
          new NewTopic(topic.deadLetterName(), Topic.DEAD_LETTER_PARTITIONS, ONE_COPY)
              .configs(topic.deadLetterBrokerSettings()));
    }
    CreateTopicsResult result = admin.createTopics(topics);
    for (KafkaFuture<Void> created : result.values().values()) {
      awaitCreated(created);
    }
  }

  private static void awaitCreated(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
