package dev.wrinklefree.bench.bed;

import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection to a service's database, to fill it and to see how far the service is. */
public final class Database implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Connection connection;

  /** Connects. */
  public Database(Bed bed, String name) throws SQLException {
    connection =
        DriverManager.getConnection(bed.jdbcUrl(name), ServiceDefinition.DATABASE_USER, null);
  }

  /**
   * Runs a statement.
   *
   * @return how many rows it changed
   */
  public int update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** The number that a query gives. */
  public long number(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Waits until a query gives a number, and looks every 10 ms.
   *
   * @param what is awaited, for people
   * @return the time that passed
   */
  public Duration await(
      String what, Duration limit, long expected, String sql, @Nullable Object... parameters)
      throws SQLException, InterruptedException, TimeoutException {
    long begin = System.nanoTime();
    long found = number(sql, parameters);
    while (found != expected) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new TimeoutException(
            "%s: %d of %d within %d s".formatted(what, found, expected, limit.toSeconds()));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      found = number(sql, parameters);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private PreparedStatement prepared(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
