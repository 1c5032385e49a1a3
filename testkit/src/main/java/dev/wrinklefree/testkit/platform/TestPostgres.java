package dev.wrinklefree.testkit.platform;

import dev.wrinklefree.sandbox.postgres.PostgresServer;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import dev.wrinklefree.testkit.platform.OncePerJvm.Started;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The one PostgreSQL server of this JVM's tests; each test application has a fresh database. */
public final class TestPostgres {

  /** Owns all test databases. */
  public static final String USER = "wrinklefree";

  private static final String PROPERTY = "dev.wrinklefree.testkit.postgres";
  private static final String COUNTER = "dev.wrinklefree.testkit.postgres.databases";
  private static final String FIRST_DATABASE = "test";

  private TestPostgres() {}

  /**
   * Creates an empty database. The first call starts the server.
   *
   * @return its JDBC address, with the user and without a password, since the server asks for none
   * @throws SQLException if the server refuses
   */
  public static String freshDatabase() throws SQLException {
    String server = OncePerJvm.address(PROPERTY, TestPostgres::start);
    String name = FIRST_DATABASE + "_" + nextNumber();
    execute("CREATE DATABASE " + name);
    return address(server, name);
  }

  /**
   * Makes a database unreachable: its connections are cut, and new ones are refused.
   *
   * @param address as {@link #freshDatabase()} returned it
   * @return ends the outage
   */
  public static Outage interrupt(String address) throws SQLException {
    String name = address.substring(address.lastIndexOf('/') + 1, address.indexOf('?'));
    execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    return () -> execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
  }

  /** A time in which a database cannot be reached. */
  @FunctionalInterface
  public interface Outage extends AutoCloseable {

    /** Ends it. */
    @Override
    void close() throws SQLException;
  }

  private static void execute(String command) throws SQLException {
    String server = OncePerJvm.address(PROPERTY, TestPostgres::start);
    try (Connection connection = connect(address(server, FIRST_DATABASE));
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Started start() throws IOException {
    PostgresServer server = PostgresServer.start(PostgresSettings.temporary());
    try {
      server.createDatabase(FIRST_DATABASE, USER);
      try (Connection connection = connect(server.jdbcUrl(FIRST_DATABASE) + "?user=postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER ROLE " + USER + " CREATEDB");
      }
    } catch (SQLException e) {
      server.close();
      throw new IOException("the test database cannot be prepared", e);
    }
    return new Started("jdbc:postgresql://127.0.0.1:" + server.port() + "/", server);
  }

  /** Not through DriverManager, which hides a driver from other class loaders than its own. */
  private static Connection connect(String address) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address);
    return source.getConnection();
  }

  private static int nextNumber() {
    synchronized (System.getProperties()) {
      int number = Integer.getInteger(COUNTER, 0) + 1;
      System.setProperty(COUNTER, Integer.toString(number));
      return number;
    }
  }

  private static String address(String server, String database) {
    return server + database + "?user=" + USER;
  }
}
