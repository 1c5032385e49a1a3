package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.outbox.OutboxUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** The events that this service has handled. */
@ApplicationScoped
class InboxRepository {

  /** What the inbox says of an event. */
  enum Receipt {
    /** Never seen. */
    FIRST,
    /** Handled before. */
    REPEATED,
    /** Its identity was handled with another body; this body is new. */
    CONFLICT
  }

  private static final String COLUMNS = " (source, event_id, body_digest, run_id, received_at)";
  private static final String INSERT_EVENT =
      "INSERT INTO inbox_event" + COLUMNS + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String INSERT_EVENTS =
      """
      INSERT INTO inbox_event (source, event_id, body_digest, run_id, received_at)
      SELECT source, event_id, body_digest, run_id, ?
      FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[])
        AS received (source, event_id, body_digest, run_id)
      ORDER BY source, event_id
      ON CONFLICT DO NOTHING
      RETURNING source, event_id
      """;
  private static final String INSERT_CONFLICT =
      "INSERT INTO inbox_conflict" + COLUMNS + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String IS_SAME =
      "SELECT 1 FROM inbox_event WHERE source = ? AND event_id = ? AND body_digest = ?";
  private static final String PRUNE_EVENTS = "DELETE FROM inbox_event WHERE received_at < ?";
  private static final String PRUNE_CONFLICTS = "DELETE FROM inbox_conflict WHERE received_at < ?";

  private final DataSource dataSource;

  /**
   * An event to be noted.
   *
   * @param bodyDigest of {@link BodyDigest}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on to the database, never compared
  record Note(EventAttributes event, byte[] bodyDigest) {}

  InboxRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Notes an event in the transaction in progress. If another transaction notes the same identity
   * at this moment, its end is awaited.
   */
  Receipt note(EventAttributes event, byte[] bodyDigest, Instant now) {
    try (Connection connection = dataSource.getConnection()) {
      if (insert(connection, INSERT_EVENT, event, bodyDigest, now)) {
        return Receipt.FIRST;
      }
      if (isSame(connection, event, bodyDigest)) {
        return Receipt.REPEATED;
      }
      return insert(connection, INSERT_CONFLICT, event, bodyDigest, now)
          ? Receipt.CONFLICT
          : Receipt.REPEATED;
    } catch (SQLException e) {
      throw new OutboxUnavailableException(e);
    }
  }

  /**
   * Notes events, no two of one identity, in one round trip as far as they are new.
   *
   * @return what the inbox says of each, in their order
   */
  List<Receipt> noteAll(List<Note> notes, Instant now) {
    try (Connection connection = dataSource.getConnection()) {
      Set<List<String>> first = insertAll(connection, notes, now);
      List<Receipt> receipts = new ArrayList<>();
      for (Note note : notes) {
        EventAttributes event = note.event();
        receipts.add(
            first.contains(List.of(event.source(), event.id()))
                ? Receipt.FIRST
                : note(event, note.bodyDigest(), now));
      }
      return receipts;
    } catch (SQLException e) {
      throw new OutboxUnavailableException(e);
    }
  }

  private static Set<List<String>> insertAll(Connection connection, List<Note> notes, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_EVENTS)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      statement.setArray(2, texts(connection, notes, note -> note.event().source()));
      statement.setArray(3, texts(connection, notes, note -> note.event().id()));
      byte[][] digests = notes.stream().map(Note::bodyDigest).toArray(byte[][]::new);
      statement.setArray(4, connection.createArrayOf("bytea", digests));
      statement.setArray(5, texts(connection, notes, note -> note.event().runId().value()));
      Set<List<String>> inserted = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          inserted.add(List.of(row.getString(1), row.getString(2)));
        }
      }
      return inserted;
    }
  }

  private static Array texts(Connection connection, List<Note> notes, Function<Note, String> text)
      throws SQLException {
    return connection.createArrayOf("text", notes.stream().map(text).toArray(String[]::new));
  }

  /**
   * Forgets what was received before that time.
   *
   * @return how many rows were deleted
   */
  int prune(Instant before) {
    try (Connection connection = dataSource.getConnection()) {
      return delete(connection, PRUNE_EVENTS, before) + delete(connection, PRUNE_CONFLICTS, before);
    } catch (SQLException e) {
      throw new OutboxUnavailableException(e);
    }
  }

  private static boolean insert(
      Connection connection, String insert, EventAttributes event, byte[] digest, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, event.source());
      statement.setString(2, event.id());
      statement.setBytes(3, digest);
      statement.setString(4, event.runId().value());
      statement.setObject(5, now.atOffset(ZoneOffset.UTC));
      return statement.executeUpdate() == 1;
    }
  }

  private static boolean isSame(Connection connection, EventAttributes event, byte[] digest)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_SAME)) {
      statement.setString(1, event.source());
      statement.setString(2, event.id());
      statement.setBytes(3, digest);
      return statement.executeQuery().next();
    }
  }

  private static int delete(Connection connection, String delete, Instant before)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, before.atOffset(ZoneOffset.UTC));
      return statement.executeUpdate();
    }
  }
}
