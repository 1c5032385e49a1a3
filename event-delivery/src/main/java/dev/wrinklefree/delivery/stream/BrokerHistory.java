package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads older events for all clients of this process with one consumer, on a thread of its own, one
 * small read after the other: many clients that catch up at once take turns.
 */
final class BrokerHistory implements History, AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(BrokerHistory.class);

  /** How long a read waits for a broker that has something but is slow. */
  private static final Duration POLL = Duration.ofMillis(500);

  private final StreamClients clients;
  private final RecordReader reader;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("event-history").daemon().factory());
  private @Nullable Consumer<String, byte[]> consumer;

  BrokerHistory(StreamClients clients, RecordReader reader) {
    this.clients = clients;
    this.reader = reader;
  }

  @Override
  public Read read(String topic, int partition, long from, @Nullable RunId run)
      throws InterruptedException {
    return ask(() -> poll(new TopicPartition(topic, partition), from, run))
        .orElseGet(Read.Unavailable::new);
  }

  @Override
  public Optional<Map<Integer, Bounds>> bounds(String topic, Collection<Integer> partitions)
      throws InterruptedException {
    List<TopicPartition> all =
        partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
    return ask(
        () -> {
          client().assign(all);
          Map<TopicPartition, Long> oldest = client().beginningOffsets(all);
          Map<TopicPartition, Long> end = client().endOffsets(all);
          Map<Integer, Bounds> bounds = new HashMap<>();
          oldest.forEach(
              (partition, first) ->
                  bounds.put(
                      partition.partition(),
                      new Bounds(first, end.getOrDefault(partition, first))));
          return bounds;
        });
  }

  @Override
  public void close() {
    try {
      Future<?> closing = thread.submit(this::closeClient);
      thread.shutdown();
      closing.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      LOGGER.debug("History was left as it is: {}", e.toString());
    }
  }

  private Read poll(TopicPartition partition, long from, @Nullable RunId run) {
    Consumer<String, byte[]> client = client();
    if (!client.assignment().equals(Set.of(partition))) {
      client.assign(List.of(partition));
      client.seek(partition, from);
    } else if (client.position(partition) != from) {
      client.seek(partition, from);
    }
    try {
      ConsumerRecords<String, byte[]> records = client.poll(POLL);
      List<StreamedEvent> events = new ArrayList<>();
      long next = from;
      for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
        next = record.offset() + 1;
        if (run == null || run.value().equals(record.key())) {
          reader.read(record).ifPresent(events::add);
        }
      }
      return new Read.Events(events, Math.max(next, client.position(partition)));
    } catch (OffsetOutOfRangeException e) {
      client.assign(List.of());
      return new Read.OutOfRange();
    }
  }

  /** Runs on the one thread; empty if Kafka failed, and the next question has a new client. */
  private <T> Optional<T> ask(Callable<T> question) throws InterruptedException {
    try {
      return Optional.of(
          thread
              .submit(
                  () -> {
                    try {
                      return question.call();
                    } catch (KafkaException e) {
                      closeClient();
                      throw e;
                    }
                  })
              .get());
    } catch (ExecutionException | RejectedExecutionException e) {
      LOGGER.warn("Older events cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Consumer<String, byte[]> client() {
    if (consumer == null) {
      consumer = clients.open("history");
    }
    return consumer;
  }

  private void closeClient() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
