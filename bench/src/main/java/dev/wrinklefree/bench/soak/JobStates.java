package dev.wrinklefree.bench.soak;

import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a subscriber to job-state knows: which runs began to run, and which ended. */
final class JobStates implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final EventCodec codec = new EventCodec();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<RunId> running = new HashSet<>();
  private final Set<RunId> succeeded = new HashSet<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread reader;
  private long unexpected;
  private volatile boolean closed;

  JobStates(String bootstrapServers) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "soak-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    this.reader = Thread.ofPlatform().name("job-states").unstarted(this::read);
  }

  JobStates start() {
    reader.start();
    return this;
  }

  /**
   * Waits until so many runs have been told to be running.
   *
   * @return false if the time passed first
   */
  boolean awaitRunning(int count, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (running.size() < count && left > 0) {
        left = changed.awaitNanos(left);
      }
      return running.size() >= count;
    } finally {
      lock.unlock();
    }
  }

  /** Runs that are running by the last that was told of them. */
  int live() {
    return locked(() -> running.size() - succeeded.size());
  }

  /** Runs that were told to have succeeded. */
  int ended() {
    return locked(succeeded::size);
  }

  /** Events of an end that no run of the soak should have: failed, lost, cancelled. */
  long unexpected() {
    return locked(() -> unexpected);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    reader.join(TimeUnit.SECONDS.toMillis(10));
  }

  private void read() {
    try (consumer) {
      consumer.subscribe(List.of(Topic.JOB_STATE.topicName()));
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          note(codec.typed(codec.readRaw(record), JobStateChanged.class));
        }
      }
    } catch (UnreadableEventException e) {
      throw new IllegalStateException("monitor-service wrote what cannot be read", e);
    }
  }

  private void note(JobStateChanged event) {
    lock.lock();
    try {
      if (event.state() == JobState.RUNNING) {
        running.add(event.runId());
      } else if (event.state() == JobState.SUCCEEDED) {
        succeeded.add(event.runId());
      } else if (event.state().isTerminal()) {
        unexpected++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}
