package dev.wrinklefree.bench.bed;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * When records arrive on a topic, seen by a plain consumer that looks at all of its partitions. A
 * record counts from the moment at which a consumer has it: what is not there yet is not told.
 */
public final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private final Map<String, Instant> latest = new HashMap<>();
  private final Map<String, Integer> awaited = new HashMap<>();
  private Instant last = Instant.EPOCH;

  private Arrivals(KafkaConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().name("arrivals").daemon().unstarted(this::watch);
  }

  /**
   * Begins to look at what is written to a topic from now on.
   *
   * @param kafka host and port of the broker
   */
  public static Arrivals on(String kafka, String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1_000),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    Arrivals arrivals = new Arrivals(consumer);
    arrivals.thread.start();
    return arrivals;
  }

  /** Forgets what arrived, and expects a record of each of these keys, as often as it is there. */
  public synchronized void expect(List<String> keys) {
    latest.clear();
    awaited.clear();
    keys.forEach(key -> awaited.merge(key, 1, Integer::sum));
    last = Instant.EPOCH;
  }

  /**
   * Waits until all that is expected has arrived.
   *
   * @return when the last one did
   * @throws TimeoutException if some did not; the message tells how many
   */
  public synchronized Instant await(Duration limit) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + limit.toNanos();
    while (!awaited.isEmpty()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new TimeoutException(
            "records of %d keys did not arrive, such as %s"
                .formatted(awaited.size(), awaited.keySet().iterator().next()));
      }
      wait(millis);
    }
    return last;
  }

  /** When the last expected record of a key arrived. */
  public synchronized Instant of(String key) {
    Instant at = latest.get(key);
    if (at == null) {
      throw new IllegalStateException("no record of " + key + " was expected and has arrived");
    }
    return at;
  }

  private void watch() {
    try (consumer) {
      while (true) {
        Iterable<ConsumerRecord<String, byte[]>> records = consumer.poll(POLL);
        note(records, Instant.now());
      }
    } catch (WakeupException e) {
      // This is how it is closed.
    }
  }

  private synchronized void note(Iterable<ConsumerRecord<String, byte[]>> records, Instant now) {
    for (ConsumerRecord<String, byte[]> record : records) {
      if (awaited.containsKey(record.key())) {
        awaited.compute(record.key(), (key, left) -> left == null || left == 1 ? null : left - 1);
        latest.put(record.key(), now);
        last = now;
      }
    }
    if (awaited.isEmpty()) {
      notifyAll();
    }
  }

  @Override
  public void close() throws InterruptedException {
    consumer.wakeup();
    thread.join();
  }
}
