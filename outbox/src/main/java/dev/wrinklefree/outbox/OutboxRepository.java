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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The outbox in the service's default data source. */
@ApplicationScoped
class OutboxRepository implements Outbox {

  /**
   * Takes the next numbers of each stream and stores the events under them, in one round trip. The
   * streams' rows stay locked until the commit, and are locked in the order of run ids.
   */
  private static final String APPEND =
      """
      WITH event AS (
        SELECT *, row_number() OVER (PARTITION BY source, run_id ORDER BY place) AS nth,
          count(*) OVER (PARTITION BY source, run_id) AS of_stream
        FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
            ?::text[], ?::text[], ?::text[], ?::bytea[])
          WITH ORDINALITY AS e (source, run_id, type, time, recorded_time, correlation_id,
            causation_id, trace_parent, data, place)),
      stream AS (
        INSERT INTO outbox_stream AS s (source, run_id, last_sequence)
        SELECT source, run_id, count(*) FROM event GROUP BY source, run_id ORDER BY run_id, source
        ON CONFLICT (source, run_id)
        DO UPDATE SET last_sequence = s.last_sequence + excluded.last_sequence
        RETURNING source, run_id, last_sequence),
      numbered AS (
        SELECT event.*, last_sequence - of_stream + nth AS sequence
        FROM event JOIN stream USING (source, run_id)),
      stored AS (
        INSERT INTO outbox_event (source, run_id, sequence, event_id, type, time, recorded_time,
          correlation_id, causation_id, trace_parent, data)
        SELECT source, run_id, sequence, run_id || ':' || sequence, type, time, recorded_time,
          correlation_id, causation_id, trace_parent, data
        FROM numbered ORDER BY place)
      SELECT sequence, run_id || ':' || sequence AS event_id FROM numbered ORDER BY place
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
  public List<EventAttributes> appendAll(List<OutboundEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<AppendedEvent> appended = store(events.stream().map(this::pending).toList());
    wakeRelayAfterCommit();
    listeners.forEach(listener -> listener.appended(appended));
    return appended.stream().map(AppendedEvent::attributes).toList();
  }

  private Pending pending(OutboundEvent event) {
    byte[] data = codec.dataBytes(event.data());
    if (data.length > EventCodec.MAX_DATA_BYTES) {
      throw new IllegalArgumentException(
          "data has "
              + data.length
              + " bytes, no consumer reads more than "
              + EventCodec.MAX_DATA_BYTES);
    }
    EventType type = EventType.of(event.data());
    return new Pending(
        event,
        type,
        "/" + application + "/" + type.topic().topicName(),
        // PostgreSQL keeps microseconds: what is returned must be what is published.
        event.time().truncatedTo(ChronoUnit.MICROS),
        event.recordedTime().truncatedTo(ChronoUnit.MICROS),
        data);
  }

  private List<AppendedEvent> store(List<Pending> pending) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(APPEND)) {
      setColumn(statement, 1, "text", pending, Pending::source);
      setColumn(statement, 2, "text", pending, row -> row.event().runId().value());
      setColumn(statement, 3, "text", pending, row -> row.type().typeName());
      setColumn(statement, 4, "timestamptz", pending, row -> row.time().toString());
      setColumn(statement, 5, "timestamptz", pending, row -> row.recordedTime().toString());
      setColumn(statement, 6, "text", pending, row -> row.event().correlationId());
      setColumn(statement, 7, "text", pending, row -> row.event().causationId());
      setColumn(statement, 8, "text", pending, row -> row.event().traceParent());
      byte[][] data = pending.stream().map(Pending::data).toArray(byte[][]::new);
      statement.setArray(9, connection.createArrayOf("bytea", data));
      List<AppendedEvent> appended = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        for (Pending event : pending) {
          row.next();
          appended.add(event.appended(row.getString("event_id"), row.getLong("sequence")));
        }
      }
      return appended;
    } catch (SQLException e) {
      throw new OutboxUnavailableException(e);
    }
  }

  private static void setColumn(
      PreparedStatement statement,
      int index,
      String type,
      List<Pending> rows,
      Function<Pending, @Nullable String> value)
      throws SQLException {
    @Nullable String[] values = rows.stream().map(value).toArray(String[]::new);
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  /** An event with all but its number. */
  @SuppressWarnings("ArrayRecordComponent") // handed on to the database, never compared
  private record Pending(
      OutboundEvent event,
      EventType type,
      String source,
      Instant time,
      Instant recordedTime,
      byte[] data) {

    AppendedEvent appended(String id, long sequence) {
      return new AppendedEvent(
          new EventAttributes(
              id,
              source,
              type,
              event.runId(),
              time,
              recordedTime,
              sequence,
              event.correlationId(),
              event.causationId(),
              event.traceParent()),
          data);
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
