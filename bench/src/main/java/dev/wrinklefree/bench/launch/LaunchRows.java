package dev.wrinklefree.bench.launch;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What stands in launch-service's tables before something is measured. */
final class LaunchRows {

  private static final String SETTLE =
      """
      DELETE FROM scheduled_tasks WHERE task_name = 'submit' AND NOT picked;
      UPDATE run SET state = 'submitted', skypilot_job_id = 1, submitted_at = answered_at
        WHERE state = 'accepted'
      """;

  /** As a launch and its submission leave them, with a year's worth of dates. */
  private static final String OLD =
      """
      INSERT INTO inbox_event (source, event_id, body_digest, run_id, received_at)
        SELECT '/bench', 'old-' || i, sha256(i::text::bytea), 'old-' || i,
          now() - i * interval '5 minutes' FROM generate_series(1, %1$d) i;
      INSERT INTO outbox_stream (source, run_id, last_sequence)
        SELECT '/launch-service/launch-state', 'old-' || i, 2 FROM generate_series(1, %1$d) i;
      INSERT INTO run_likeness (run_id, likeness, accepted_at)
        SELECT 'old-' || i, 'likeness', now() - i * interval '5 minutes'
        FROM generate_series(1, %1$d) i;
      INSERT INTO run (run_id, name, request_source, request_event_id, request_digest,
          requested_at, correlation_id, accepted, task_yaml, answer_event_id, answered_at, state,
          attempts, skypilot_job_id, submitted_at)
        SELECT 'old-' || i, 'wf-fairy2-train', '/bench', 'old-' || i, repeat('0', 64),
          now() - i * interval '5 minutes', 'old-' || i, repeat('x', 1000), repeat('y', 3000),
          'old-' || i || ':1', now() - i * interval '5 minutes', 'submitted', 1, i, now()
        FROM generate_series(1, %1$d) i;
      ANALYZE
      """;

  private static final String TRANSACTIONS =
      """
      SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
      """;

  private final String url;

  LaunchRows(Bed bed) {
    this.url = bed.jdbcUrl("launch") + "?user=" + ServiceDefinition.DATABASE_USER;
  }

  /** Ends the waiting of all runs, as if SkyPilot had taken them. */
  void settle() throws SQLException {
    execute(SETTLE);
  }

  /** Adds runs of former days. */
  void addOld(int count) throws SQLException {
    execute(OLD.formatted(count));
  }

  /** How many transactions the service's database has seen; those of the last second may lack. */
  long transactions() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TRANSACTIONS)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
