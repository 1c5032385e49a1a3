package dev.wrinklefree.monitor.script;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that can be cut off for good: to the database, what uses it is then as dead as a
 * process that was killed.
 */
public final class MortalDataSource implements DataSource {
  private final DataSource living;
  private volatile boolean dead;

  /** Lives on that data source. */
  public MortalDataSource(DataSource living) {
    this.living = living;
  }

  /** Gives no connection from now on. */
  public void die() {
    dead = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (dead) {
      throw new SQLException("this replica is dead");
    }
    return living.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return living.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return living.isWrapperFor(type);
  }
}
