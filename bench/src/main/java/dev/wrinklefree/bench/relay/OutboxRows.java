package dev.wrinklefree.bench.relay;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** The outbox of a running launch-service, from outside. */
final class OutboxRows {

  /** As the outbox appends them, but many in one transaction: %s is the run, %s the sequence. */
  private static final String APPEND =
      """
      INSERT INTO outbox_event
        (source, run_id, sequence, event_id, type, time, recorded_time, correlation_id,
         causation_id, data)
      SELECT '%1$s', run_id, sequence, run_id || ':' || sequence, '%2$s', now(), now(), 'cause',
        'cause', ?
      FROM (SELECT ? || i / ?::int AS run_id, i %% ?::int + 1 AS sequence
            FROM generate_series(0, ? - 1) i) one
      """
          .formatted(AcceptedSample.SOURCE, AcceptedSample.TYPE);

  private static final String COMMITTED =
      """
      SELECT run_id, pg_xact_commit_timestamp(xmin) AS at FROM outbox_stream WHERE run_id LIKE ?
      """;

  private static final String OLD_STREAMS =
      """
      INSERT INTO outbox_stream (source, run_id, last_sequence)
        SELECT '%s', 'old-' || i, 2 FROM generate_series(1, ?) i
      """
          .formatted(AcceptedSample.SOURCE);

  private final String url;

  OutboxRows(Bed bed) {
    this.url = bed.jdbcUrl("launch") + "?user=" + ServiceDefinition.DATABASE_USER;
  }

  /**
   * Appends events and commits.
   *
   * @param prefix of the run ids, which are counted from 0
   * @param count of all events
   * @param perRun how many of them each run has
   */
  void append(String prefix, int count, int perRun) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setBytes(1, AcceptedSample.data());
      statement.setString(2, prefix);
      statement.setInt(3, perRun);
      statement.setInt(4, perRun);
      statement.setInt(5, count);
      statement.executeUpdate();
    }
  }

  /** When the last event of each run was committed, for all runs with that prefix. */
  Map<String, Instant> commits(String prefix) throws SQLException {
    Map<String, Instant> times = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(COMMITTED)) {
      statement.setString(1, prefix + "%");
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          times.put(row.getString("run_id"), row.getObject("at", OffsetDateTime.class).toInstant());
        }
      }
    }
    return times;
  }

  /** Adds the streams of runs that have ended: the outbox remembers their last numbers. */
  void addOldStreams(int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement = connection.prepareStatement(OLD_STREAMS)) {
      statement.setInt(1, count);
      statement.executeUpdate();
    }
  }
}
