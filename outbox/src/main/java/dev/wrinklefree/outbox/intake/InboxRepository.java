package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.outbox.OutboxUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
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
  private static final String INSERT_CONFLICT =
      "INSERT INTO inbox_conflict" + COLUMNS + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String IS_SAME =
      "SELECT 1 FROM inbox_event WHERE source = ? AND event_id = ? AND body_digest = ?";
  private static final String PRUNE_EVENTS = "DELETE FROM inbox_event WHERE received_at < ?";
  private static final String PRUNE_CONFLICTS = "DELETE FROM inbox_conflict WHERE received_at < ?";

  private final DataSource dataSource;

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
