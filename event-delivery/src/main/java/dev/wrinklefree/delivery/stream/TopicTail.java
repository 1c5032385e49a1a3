package dev.wrinklefree.delivery.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one topic and fills its window, for as long as the process lives. */
final class TopicTail implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(TopicTail.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String topic;
  private final TopicWindow window;
  private final StreamClients clients;
  private final RecordReader reader;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<String, byte[]> open;

  TopicTail(String topic, TopicWindow window, StreamClients clients, RecordReader reader) {
    this.topic = topic;
    this.window = window;
    this.clients = clients;
    this.reader = reader;
  }

  @Override
  public void run() {
    try {
      while (!isStopping()) {
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread soon. */
  void stop() {
    stopping.countDown();
    Consumer<String, byte[]> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void attempt() throws InterruptedException {
    try (Consumer<String, byte[]> consumer = clients.open(topic)) {
      open = consumer;
      while (!isStopping()) {
        follow(consumer);
        take(consumer.poll(POLL));
      }
    } catch (WakeupException e) {
      LOGGER.debug("Stops to follow topic={}", topic);
    } catch (OffsetOutOfRangeException e) {
      LOGGER.warn("Lost its place, since the topic was cut or made anew: topic={}", topic);
      window.clear();
    } catch (RuntimeException e) { // whatever it is, a tail that ends would leave its clients deaf
      LOGGER.warn("Cannot follow, tries again in {}: topic={}: {}", PAUSE, topic, e.toString());
      stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      open = null;
    }
  }

  /** Goes on where the window ends, and takes in partitions that were added. */
  private void follow(Consumer<String, byte[]> consumer) {
    // From memory, once the consumer knows the topic.
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    if (known == null || known.isEmpty()) {
      throw new UnknownTopicOrPartitionException("no topic " + topic);
    }
    if (known.size() == consumer.assignment().size()) {
      return;
    }
    List<TopicPartition> all =
        known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    Map<Integer, Long> from = window.ends();
    consumer.assign(all);
    Map<Integer, Long> added = startsOf(all, from, consumer);
    all.forEach(
        partition ->
            consumer.seek(
                partition,
                from.getOrDefault(
                    partition.partition(), added.getOrDefault(partition.partition(), 0L))));
    window.follow(added);
  }

  private static Map<Integer, Long> startsOf(
      List<TopicPartition> all, Map<Integer, Long> known, Consumer<String, byte[]> consumer) {
    List<TopicPartition> unknown =
        all.stream().filter(partition -> !known.containsKey(partition.partition())).toList();
    Map<Integer, Long> starts = new HashMap<>();
    // A topic begins at its end; what a partition that was added later holds is new as a whole.
    (known.isEmpty() ? consumer.endOffsets(unknown) : consumer.beginningOffsets(unknown))
        .forEach((partition, offset) -> starts.put(partition.partition(), offset));
    return starts;
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<String, byte[]>> ofPartition = records.records(partition);
      for (ConsumerRecord<String, byte[]> record : ofPartition) {
        reader.read(record).ifPresent(window::add);
      }
      window.passed(partition.partition(), ofPartition.getLast().offset() + 1);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
