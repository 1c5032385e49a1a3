package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.apache.kafka.clients.CommonClientConfigs;

/** Relay threads of a test: each as in a replica of its own, unless it is given a producer. */
final class Relays implements AutoCloseable, RelayMeters {

  /** A send that fails is repeated, so none may fail because the machine is busy. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration IMPATIENT = Duration.ofSeconds(2);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

  private final Queue<Wave> waves = new ConcurrentLinkedQueue<>();
  private final List<BrokerPublisher> publishers = new ArrayList<>();
  private final List<RelayLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final DataSource dataSource;
  private final String bootstrapServers;

  Relays(DataSource dataSource, String bootstrapServers) {
    this.dataSource = dataSource;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts one more, woken by that signal or after that time. */
  Relays start(RelaySignal signal, Duration idleInterval) {
    return start(publisher(bootstrapServers), signal, idleInterval);
  }

  /** Starts one more that shares a producer, as the threads of one replica do. */
  Relays start(BrokerPublisher broker, RelaySignal signal, Duration idleInterval) {
    publishers.add(broker);
    RelayLoop loop =
        new RelayLoop(
            new WavePublisher(dataSource, broker, 50), broker, signal, BACKOFF, idleInterval, this);
    loops.add(loop);
    threads.add(Thread.ofPlatform().name("test-relay-" + loops.size()).start(loop));
    return this;
  }

  static BrokerPublisher publisher(String bootstrapServers) {
    return publisher(bootstrapServers, PATIENT);
  }

  /** One whose sends fail soon, for a broker that a test takes away. */
  static BrokerPublisher impatientPublisher(String bootstrapServers) {
    return publisher(bootstrapServers, IMPATIENT);
  }

  private static BrokerPublisher publisher(String bootstrapServers, Duration deliveryTimeout) {
    return new BrokerPublisher(
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        "test-relay",
        deliveryTimeout);
  }

  @Override
  public void add(Wave wave) {
    waves.add(wave);
  }

  @Override
  public void failed(String reason) {
    // The wave says so too.
  }

  /** The waves so far that were not empty. */
  List<Wave> waves() {
    return waves.stream().filter(wave -> wave.claimed() > 0).toList();
  }

  @Override
  public void close() throws InterruptedException {
    loops.forEach(RelayLoop::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    publishers.forEach(BrokerPublisher::close);
  }
}
