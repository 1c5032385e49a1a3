package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.outbox.retry.Backoff;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the relay's threads with the service and stops them with it. */
@ApplicationScoped
class OutboxRelay {

  private static final Logger LOGGER = LoggerFactory.getLogger(OutboxRelay.class);

  private final RelayConfig config;
  private final DataSource dataSource;
  private final RelaySignal signal;
  private final Map<String, Object> kafka;
  private final RelayMeters meters;
  private final String application;
  private final List<RelayLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable BrokerPublisher publisher;

  OutboxRelay(
      RelayConfig config,
      DataSource dataSource,
      RelaySignal signal,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      RelayMeters meters,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.config = config;
    this.dataSource = dataSource;
    this.signal = signal;
    this.kafka = kafka;
    this.meters = meters;
    this.application = application;
  }

  void start(@Observes StartupEvent event) {
    if (!config.relayEnabled()) {
      LOGGER.info("Outbox relay is off in this process");
      return;
    }
    BrokerPublisher broker =
        new BrokerPublisher(kafka, application + "-outbox-relay", config.deliveryTimeout());
    publisher = broker;
    for (int i = 1; i <= config.relayThreads(); i++) {
      String name = "outbox-relay-" + i;
      RelayLoop loop = loop(broker);
      Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(loop);
      loops.add(loop);
      threads.add(thread);
      thread.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loops.forEach(RelayLoop::stop);
    Duration left = config.stopTimeout();
    try {
      for (Thread thread : threads) {
        long begin = System.nanoTime();
        if (left.isPositive() && !thread.join(left)) {
          LOGGER.warn("Outbox relay stops in the middle of a wave; its events stay in the outbox");
        }
        left = left.minusNanos(System.nanoTime() - begin);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (publisher != null) {
      publisher.close();
    }
  }

  private RelayLoop loop(BrokerPublisher broker) {
    return new RelayLoop(
        new WavePublisher(dataSource, broker, config.waveLimit()),
        broker,
        signal,
        new Backoff(config.firstBackoff(), config.longestBackoff()),
        config.idleInterval(),
        meters);
  }
}
