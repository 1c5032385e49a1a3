package dev.wrinklefree.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  private static final String USER = "wrinklefree";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shouldServeDatabasesThatBelongToTheirUser() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.temporary())) {
      server.createDatabase("launch", USER);
      server.createDatabase("cost", USER);

      assertThat(query(server, "launch", "SELECT current_database() || ' ' || current_user"))
          .isEqualTo("launch wrinklefree");
      execute(server, "launch", "CREATE TABLE only_here (id bigint)");
      assertThat(query(server, "cost", "SELECT to_regclass('only_here') IS NULL")).isEqualTo("t");
      assertThat(query(server, "cost", "SHOW shared_buffers")).isEqualTo("16MB");
    }
  }

  @Test
  void shouldKeepRowsWhenRestartedOnItsDirectory(@TempDir Path directory) throws Exception {
    PostgresSettings settings = new PostgresSettings(0, directory, null);
    try (PostgresServer first = PostgresServer.start(settings)) {
      first.createDatabase("launch", USER);
      execute(first, "launch", "CREATE TABLE run (name text)");
      execute(first, "launch", "INSERT INTO run VALUES ('first')");
    }

    try (PostgresServer second = PostgresServer.start(settings)) {
      second.createDatabase("launch", USER);
      assertThat(query(second, "launch", "SELECT name FROM run")).isEqualTo("first");
    }
  }

  @Test
  void shouldHaveEveryCommittedRowAfterItWasKilled(@TempDir Path directory) throws Exception {
    PostgresSettings settings = new PostgresSettings(0, directory, null);
    PostgresServer first = PostgresServer.start(settings);
    first.createDatabase("launch", USER);
    execute(first, "launch", "CREATE TABLE run (name text)");
    execute(first, "launch", "INSERT INTO run VALUES ('last')");
    first.kill();
    assertThat(directory.resolve("data/postmaster.pid")).exists();

    try (PostgresServer second = PostgresServer.start(settings)) {
      assertThat(query(second, "launch", "SELECT name FROM run")).isEqualTo("last");
    }
  }

  @Test
  void shouldNotBeKilledWhenItsDataIsTemporary() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.temporary())) {
      assertThatThrownBy(server::kill).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldEndItsProcessAndKeepNoTemporaryDataWhenClosed() throws Exception {
    Path data;
    ProcessHandle process;
    try (PostgresServer server = PostgresServer.start(PostgresSettings.temporary())) {
      server.createDatabase("launch", USER);
      data = Path.of(query(server, "launch", "SHOW data_directory", "postgres"));
      process = ProcessHandle.of(server.processId()).orElseThrow();
      assertThat(data).isDirectory();
    }

    assertThat(process.onExit()).succeedsWithin(PATIENCE);
    assertThat(data).doesNotExist();
  }

  @Test
  void shouldFailAtOnceWhenThePortIsTaken(@TempDir Path directory) throws Exception {
    try (PostgresServer first = PostgresServer.start(PostgresSettings.temporary())) {
      PostgresSettings same = new PostgresSettings(first.port(), directory, null);
      assertThatThrownBy(() -> PostgresServer.start(same)).isInstanceOf(BindException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldQuoteTheServersOwnWordsWhenItDoesNotStart(@TempDir Path directory) throws Exception {
    PostgresSettings settings = new PostgresSettings(0, directory, null);
    PostgresServer.start(settings).close();
    Files.writeString(directory.resolve("data/PG_VERSION"), "9.6\n");

    // A server that has not come to say it within the limit has said it at the next start.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> PostgresServer.start(settings, Duration.ofSeconds(1)))
                    .hasMessageContaining("PostgreSQL did not start")
                    .hasMessageContaining("initialized by PostgreSQL version 9.6"));
  }

  @Test
  void shouldRefuseANameThatNeedsQuoting() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.temporary())) {
      assertThatThrownBy(() -> server.createDatabase("a\"; DROP DATABASE postgres", USER))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String query(PostgresServer server, String database, String query)
      throws SQLException {
    return query(server, database, query, USER);
  }

  private static String query(PostgresServer server, String database, String query, String user)
      throws SQLException {
    try (Connection connection = connect(server, database, user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(PostgresServer server, String database, String command)
      throws SQLException {
    try (Connection connection = connect(server, database, USER);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Connection connect(PostgresServer server, String database, String user)
      throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), user, "");
  }
}
