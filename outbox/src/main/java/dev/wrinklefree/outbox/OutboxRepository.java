package dev.wrinklefree.outbox;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.outbox.relay.RelaySignal;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The outbox in the service's default data source. */
@ApplicationScoped
class OutboxRepository implements Outbox {

  /**
   * Takes the stream's next number and stores the event under it, in one round trip. The stream's
   * row stays locked until the commit.
   */
  private static final String APPEND =
      """
      WITH stream AS (
        INSERT INTO outbox_stream AS s (source, run_id, last_sequence) VALUES (?, ?, 1)
        ON CONFLICT (source, run_id) DO UPDATE SET last_sequence = s.last_sequence + 1
        RETURNING source, run_id, last_sequence)
      INSERT INTO outbox_event (source, run_id, sequence, event_id, type, time, recorded_time,
        correlation_id, causation_id, trace_parent, data)
      SELECT source, run_id, last_sequence, run_id || ':' || last_sequence, ?, ?, ?, ?, ?, ?, ?
      FROM stream
      RETURNING sequence, event_id
      """;

  private static final String WAKE_REGISTERED = "dev.wrinklefree.outbox.wake";

  private final EventCodec codec = new EventCodec();
  private final DataSource dataSource;
  private final TransactionSynchronizationRegistry transaction;
  private final RelaySignal signal;
  private final List<OutboxListener> listeners;
  private final String application;

  OutboxRepository(
      DataSource dataSource,
      TransactionSynchronizationRegistry transaction,
      RelaySignal signal,
      @All List<OutboxListener> listeners,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.dataSource = dataSource;
    this.transaction = transaction;
    this.signal = signal;
    this.listeners = listeners;
    this.application = application;
  }

  @Override
  @Transactional(Transactional.TxType.MANDATORY)
  public EventAttributes append(OutboundEvent event) {
    byte[] data = codec.dataBytes(event.data());
    if (data.length > EventCodec.MAX_DATA_BYTES) {
      throw new IllegalArgumentException(
          "data has "
              + data.length
              + " bytes, no consumer reads more than "
              + EventCodec.MAX_DATA_BYTES);
    }
    EventType type = EventType.of(event.data());
    String source = "/" + application + "/" + type.topic().topicName();
    // PostgreSQL keeps microseconds: what is returned must be what is published.
    Instant time = event.time().truncatedTo(ChronoUnit.MICROS);
    Instant recordedTime = event.recordedTime().truncatedTo(ChronoUnit.MICROS);
    EventAttributes attributes = store(event, type, source, time, recordedTime, data);
    listeners.forEach(listener -> listener.appended(attributes, data));
    return attributes;
  }

  private EventAttributes store(
      OutboundEvent event,
      EventType type,
      String source,
      Instant time,
      Instant recordedTime,
      byte[] data) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setString(1, source);
      statement.setString(2, event.runId().value());
      statement.setString(3, type.typeName());
      statement.setObject(4, time.atOffset(ZoneOffset.UTC));
      statement.setObject(5, recordedTime.atOffset(ZoneOffset.UTC));
      statement.setString(6, event.correlationId());
      statement.setString(7, event.causationId());
      statement.setString(8, event.traceParent());
      statement.setBytes(9, data);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        wakeRelayAfterCommit();
        return new EventAttributes(
            row.getString("event_id"),
            source,
            type,
            event.runId(),
            time,
            recordedTime,
            row.getLong("sequence"),
            event.correlationId(),
            event.causationId(),
            event.traceParent());
      }
    } catch (SQLException e) {
      throw new OutboxUnavailableException(e);
    }
  }

  private void wakeRelayAfterCommit() {
    if (transaction.getResource(WAKE_REGISTERED) != null) {
      return;
    }
    transaction.putResource(WAKE_REGISTERED, true);
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Only the outcome matters.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              signal.wake();
            }
          }
        });
  }
}
