package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.contract.cloudevents.Envelope;
import dev.wrinklefree.contract.value.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The rows of the outbox that are not yet on the broker. */
final class BacklogRepository {

  /**
   * Locks the first row of each stream. A row is the first if no earlier one is visible: another
   * relay's delete counts when it has committed, which is after the broker's acknowledgement.
   */
  private static final String CLAIM_HEADS =
      """
      SELECT e.*, extract(epoch FROM clock_timestamp() - e.created_at) * 1000 AS age_millis
      FROM outbox_event e
      WHERE NOT EXISTS (
        SELECT 1 FROM outbox_event earlier
        WHERE earlier.source = e.source AND earlier.run_id = e.run_id
          AND earlier.sequence < e.sequence)
      ORDER BY e.created_at
      LIMIT ?
      FOR UPDATE OF e SKIP LOCKED
      """;

  private static final String DELETE =
      """
      DELETE FROM outbox_event e
      USING unnest(?::text[], ?::text[], ?::bigint[]) AS published (source, run_id, sequence)
      WHERE (e.source, e.run_id, e.sequence)
        = (published.source, published.run_id, published.sequence)
      """;

  private static final String MEASURE =
      """
      SELECT count(*),
        coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)::bigint
      FROM outbox_event
      """;

  /**
   * Locks and reads at most {@code limit} heads, no two of one stream. The locks last until the
   * transaction ends.
   *
   * @param connection with automatic commit off
   */
  List<PendingEvent> claimHeads(Connection connection, int limit) throws SQLException {
    List<PendingEvent> heads = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CLAIM_HEADS)) {
      statement.setInt(1, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          heads.add(
              new PendingEvent(
                  envelope(row),
                  row.getBytes("data"),
                  Duration.ofMillis(row.getLong("age_millis"))));
        }
      }
    }
    return heads;
  }

  /** Deletes rows that {@link #claimHeads} of this transaction returned. */
  void delete(Connection connection, List<PendingEvent> published) throws SQLException {
    List<Envelope> keys = published.stream().map(PendingEvent::envelope).toList();
    Object[] sources = keys.stream().map(Envelope::source).toArray();
    Object[] runs = keys.stream().map(key -> key.runId().value()).toArray();
    Object[] sequences = keys.stream().map(Envelope::sequence).toArray();
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setArray(1, connection.createArrayOf("text", sources));
      statement.setArray(2, connection.createArrayOf("text", runs));
      statement.setArray(3, connection.createArrayOf("bigint", sequences));
      statement.executeUpdate();
    }
  }

  /** Counts the backlog, with its age by the database's clock. */
  Backlog measure(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MEASURE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Backlog(row.getLong(1), Duration.ofMillis(row.getLong(2)));
    }
  }

  /**
   * The type is not looked up: a newer replica may have committed one that this version does not
   * know. The topic is the last part of the source, {@code /<service>/<topic>}.
   */
  private static Envelope envelope(ResultSet row) throws SQLException {
    String source = row.getString("source");
    return new Envelope(
        source.substring(source.lastIndexOf('/') + 1),
        row.getString("type"),
        row.getString("event_id"),
        source,
        new RunId(row.getString("run_id")),
        instant(row, "time"),
        instant(row, "recorded_time"),
        row.getLong("sequence"),
        row.getString("correlation_id"),
        row.getString("causation_id"),
        row.getString("trace_parent"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
