package dev.wrinklefree.outbox.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wrinklefree.testkit.platform.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library's schema while the version before still runs on it. That version is here by its
 * migrations, 0.1 to 0.3, and by its SQL, as its classes had it.
 */
class SchemaUpgradeTest {

  private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "outbox");
  private static final String LAST_OF_THE_VERSION_BEFORE = "0.3";

  /**
   * As Quarkus is told in the library's configuration; a replica before or after can then start.
   */
  private static final String IGNORED = "*:missing,*:future";

  /** OutboxRepository's statement of the version before. */
  private static final String APPEND =
      """
      WITH stream AS (
        INSERT INTO outbox_stream AS s (source, run_id, last_sequence) VALUES (?, ?, 1)
        ON CONFLICT (source, run_id) DO UPDATE SET last_sequence = s.last_sequence + 1
        RETURNING source, run_id, last_sequence)
      INSERT INTO outbox_event (source, run_id, sequence, event_id, type, time, recorded_time,
        correlation_id, causation_id, trace_parent, data)
      SELECT source, run_id, last_sequence, run_id || ':' || last_sequence, 'a.v1', now(), now(),
        NULL, NULL, NULL, 'x'::bytea
      FROM stream
      RETURNING sequence
      """;

  /** BacklogRepository's. */
  private static final String CLAIM =
      """
      SELECT e.* FROM outbox_event e
      WHERE NOT EXISTS (
        SELECT 1 FROM outbox_event earlier
        WHERE earlier.source = e.source AND earlier.run_id = e.run_id
          AND earlier.sequence < e.sequence)
      ORDER BY e.created_at
      LIMIT 200
      FOR UPDATE OF e SKIP LOCKED
      """;

  /** InboxRepository's. */
  private static final String NOTE =
      """
      INSERT INTO inbox_event (source, event_id, body_digest, run_id, received_at)
      VALUES ('/a/b', ?, 'd'::bytea, 'run', now()) ON CONFLICT DO NOTHING
      """;

  /** Of db-scheduler, at the version before. */
  private static final String SCHEDULE =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked,
        version, priority)
      VALUES ('submit', ?, NULL, now(), false, 1, 50)
      """;

  @Test
  void theVersionBeforeWorksOnTheSchemaOfThisOneWithItsDataKept() throws Exception {
    String database = TestPostgres.freshDatabase();
    flyway(database).target(LAST_OF_THE_VERSION_BEFORE).load().migrate();
    try (Connection before = DriverManager.getConnection(database)) {
      assertThat(append(before)).isEqualTo(1);
      work(before, "before");

      MigrateResult result = flyway(database).load().migrate();
      assertThat(result.migrationsExecuted).isPositive();

      // The same connection, with its prepared statements, goes on.
      assertThat(append(before)).isEqualTo(2);
      work(before, "after");
      assertThat(claimed(before)).containsExactly("run:1");
      assertThat(count(before, "outbox_event")).isEqualTo(2);
      assertThat(count(before, "inbox_event")).isEqualTo(2);
      assertThat(count(before, "scheduled_tasks")).isEqualTo(2);
    }
  }

  @Test
  void aReplicaOfTheVersionBeforeStartsOnTheSchemaOfThisOne(@TempDir Path before) throws Exception {
    String database = TestPostgres.freshDatabase();
    flyway(database).load().migrate();
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.filter(SchemaUpgradeTest::isOfTheVersionBefore).toList()) {
        Files.copy(file, before.resolve(file.getFileName()));
      }
    }
    assertThatCode(() -> flyway(database).locations("filesystem:" + before).load().migrate())
        .doesNotThrowAnyException();
  }

  @Test
  void twoReplicasThatStartAtOnceMigrateOnce() throws Exception {
    String database = TestPostgres.freshDatabase();
    CyclicBarrier together = new CyclicBarrier(2);
    List<CompletableFuture<MigrateResult>> replicas =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> migrate(database, together)))
            .limit(2)
            .toList();
    int executed = 0;
    for (CompletableFuture<MigrateResult> replica : replicas) {
      MigrateResult result = replica.join();
      assertThat(result.success).isTrue();
      executed += result.migrationsExecuted;
    }
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      assertThat(executed).isEqualTo((int) files.count());
    }
  }

  private static MigrateResult migrate(String database, CyclicBarrier together) {
    try {
      Flyway flyway = flyway(database).load();
      together.await();
      return flyway.migrate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static FluentConfiguration flyway(String database) throws IOException {
    return Flyway.configure()
        .dataSource(database, TestPostgres.USER, "")
        .locations("filesystem:" + MIGRATIONS.toRealPath())
        .outOfOrder(true)
        .ignoreMigrationPatterns(IGNORED.split(",", -1));
  }

  private static boolean isOfTheVersionBefore(Path file) {
    return file.getFileName().toString().matches("V0_[123]__.*");
  }

  private static void work(Connection connection, String name) throws SQLException {
    for (String statement : List.of(NOTE, SCHEDULE)) {
      try (PreparedStatement prepared = connection.prepareStatement(statement)) {
        prepared.setString(1, name);
        assertThat(prepared.executeUpdate()).isEqualTo(1);
      }
    }
  }

  private static long append(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setString(1, "/test-service/launch-state");
      statement.setString(2, "run");
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static List<String> claimed(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return List.of(row.getString("event_id"));
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM " + table);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
