package dev.wrinklefree.outbox.topics;

import dev.wrinklefree.outbox.retry.Backoff;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
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

  private static final Duration ONE_ATTEMPT = Duration.ofSeconds(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));

  private final TopicsConfig config;
  private final Map<String, Object> kafka;

  TopicsCheck(TopicsConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.config = config;
    this.kafka = kafka;
  }

  void start(@Observes @Priority(BEFORE_CONNECTOR) StartupEvent event) {
    long giveUpAt = System.nanoTime() + config.timeout().toNanos();
    try {
      for (int failures = 1; ; failures++) {
        Duration left = Duration.ofNanos(giveUpAt - System.nanoTime());
        try {
          ask(left);
          return;
        } catch (ExecutionException | KafkaException e) {
          waitForBroker(e, Duration.ofNanos(giveUpAt - System.nanoTime()), failures);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsRefusedException("interrupted while checking the broker's topics", e);
    }
  }

  /**
   * Asks once. A name that does not resolve fails at once, a port where nobody is after a while.
   */
  private void ask(Duration left) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(AdminClientConfig.configNames());
    int timeout = Math.toIntExact(Math.clamp(left.toMillis(), 1, ONE_ATTEMPT.toMillis()));
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 2));
    try (Admin admin = Admin.create(settings)) {
      check(new BrokerTopics(admin, config.replicationFactor().orElse(null)));
    }
  }

  /**
   * Returns when it is time to ask again.
   *
   * @throws TopicsRefusedException if the time is over, or if waiting cannot help
   */
  private static void waitForBroker(Exception failure, Duration left, int failures)
      throws InterruptedException {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean isRefused =
        cause instanceof AuthenticationException || cause instanceof AuthorizationException;
    Duration wait = BACKOFF.after(failures);
    if (isRefused || left.compareTo(wait) <= 0) {
      throw new TopicsRefusedException(
          "the broker's topics cannot be checked: " + cause.getMessage(), failure);
    }
    LOGGER.warn("Waiting for the broker, for at most {}: {}", left, cause.toString());
    Thread.sleep(wait);
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
