package dev.wrinklefree.outbox.topics;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the contract's topics where they are missing, and refuses to start on topics that would
 * lose records.
 */
@ApplicationScoped
class TopicsCheck {

  private static final Logger LOGGER = LoggerFactory.getLogger(TopicsCheck.class);

  /** Before the connector subscribes, which begins at {@code LIBRARY_BEFORE} (1000). */
  private static final int BEFORE_CONNECTOR = 500;

  private final TopicsConfig config;
  private final Map<String, Object> kafka;

  TopicsCheck(TopicsConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.config = config;
    this.kafka = kafka;
  }

  void start(@Observes @Priority(BEFORE_CONNECTOR) StartupEvent event) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(AdminClientConfig.configNames());
    int timeout = Math.toIntExact(config.timeout().toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 2));
    try (Admin admin = Admin.create(settings)) {
      check(new BrokerTopics(admin, config.replicationFactor().orElse(null)));
    } catch (ExecutionException e) {
      throw new TopicsRefusedException(
          "the broker's topics cannot be checked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsRefusedException("interrupted while checking the broker's topics", e);
    }
  }

  private void check(BrokerTopics broker) throws ExecutionException, InterruptedException {
    List<TopicState> wanted = TopicAudit.wanted();
    List<TopicState> missing = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Finding finding : TopicAudit.compare(wanted, broker.read(wanted))) {
      switch (finding) {
        case Finding.Missing(TopicState topic) when config.create() -> missing.add(topic);
        case Finding.Missing(TopicState topic) ->
            refused.add("topic " + topic.name() + " is missing and wf.topics.create is off");
        case Finding.Refused(String message) -> refused.add(message);
        case Finding.Different(String message) -> LOGGER.warn("{}", message);
      }
    }
    if (!refused.isEmpty()) {
      throw new TopicsRefusedException(String.join("; ", refused));
    }
    if (!missing.isEmpty()) {
      broker.create(missing);
      LOGGER.info("Created {} missing topics", missing.size());
    }
  }
}
