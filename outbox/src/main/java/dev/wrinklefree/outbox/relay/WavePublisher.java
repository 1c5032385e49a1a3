package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.contract.cloudevents.Envelope;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.outbox.logging.LogContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the backlog in waves. A wave has at most one event of each stream, so an event that
 * fails cannot be overtaken by the next one of its stream; many streams travel at once.
 *
 * <p>A published row is deleted in the transaction that locked it. If the process dies between the
 * broker's acknowledgement and the commit, the row is still there and is published again with the
 * same id, before anything later of its stream.
 */
final class WavePublisher {

  private static final Logger LOGGER = LoggerFactory.getLogger(WavePublisher.class);

  private final EventCodec codec = new EventCodec();
  private final BacklogRepository backlog = new BacklogRepository();
  private final DataSource dataSource;
  private final EventSender sender;
  private final int limit;

  /**
   * @param limit most events in a wave
   */
  WavePublisher(DataSource dataSource, EventSender sender, int limit) {
    this.dataSource = dataSource;
    this.sender = sender;
    this.limit = limit;
  }

  /** Publishes one wave. Must not be called in a JTA transaction. */
  Wave publish() throws SQLException, InterruptedException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        Wave wave = publish(connection);
        connection.commit();
        committed = true;
        return wave;
      } finally {
        if (!committed) {
          rollBack(connection);
        }
      }
    }
  }

  private Wave publish(Connection connection) throws SQLException, InterruptedException {
    List<PendingEvent> heads = backlog.claimHeads(connection, limit);
    if (heads.isEmpty()) {
      return Wave.EMPTY;
    }
    long claimed = System.nanoTime();
    List<Future<RecordMetadata>> acknowledgements = sendAll(heads);
    List<PendingEvent> published = new ArrayList<>();
    List<Duration> latencies = new ArrayList<>();
    Throwable firstFailure = null;
    for (int i = 0; i < acknowledgements.size(); i++) {
      PendingEvent head = heads.get(i);
      try {
        tell(head, acknowledgements.get(i).get());
        published.add(head);
        latencies.add(head.age().plusNanos(System.nanoTime() - claimed));
      } catch (ExecutionException e) {
        firstFailure = firstFailure == null ? causeOf(e) : firstFailure;
      }
    }
    if (!published.isEmpty()) {
      backlog.delete(connection, published);
    }
    return new Wave(heads.size(), latencies, firstFailure);
  }

  private static void tell(PendingEvent event, RecordMetadata place) {
    Envelope envelope = event.envelope();
    try (LogContext context =
        LogContext.ofRun(envelope.runId().value(), envelope.traceParent())
            .with("eventId", envelope.id())
            .with("topic", place.topic())
            .with("partition", Integer.toString(place.partition()))
            .with("offset", Long.toString(place.offset()))) {
      LOGGER.info("Published {}", envelope.type());
    }
  }

  /**
   * Hands all heads to the sender, up to the first that shows that the broker cannot be reached:
   * each further one would block for the producer's {@code max.block.ms}, or, while the broker's
   * name does not resolve, for another look-up of it.
   */
  private List<Future<RecordMetadata>> sendAll(List<PendingEvent> heads)
      throws InterruptedException {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    for (PendingEvent head : heads) {
      ProducerRecord<String, byte[]> record;
      try {
        record = codec.write(head.envelope(), head.data());
      } catch (RuntimeException e) {
        acknowledgements.add(CompletableFuture.failedFuture(e));
        continue;
      }
      try {
        acknowledgements.add(sender.send(record));
      } catch (RuntimeException e) {
        acknowledgements.add(CompletableFuture.failedFuture(e));
        break;
      }
      if (hasTimedOut(acknowledgements.getLast())) {
        break;
      }
    }
    return acknowledgements;
  }

  private static boolean hasTimedOut(Future<?> acknowledgement) throws InterruptedException {
    if (!acknowledgement.isDone()) {
      return false;
    }
    try {
      acknowledgement.get();
      return false;
    } catch (ExecutionException e) {
      return causeOf(e) instanceof TimeoutException;
    }
  }

  private static Throwable causeOf(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and the transaction and its locks with it.
      LOGGER.debug("rollback failed", e);
    }
  }
}
