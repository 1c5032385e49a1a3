package dev.wrinklefree.testkit;

import dev.wrinklefree.testkit.platform.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.Map;

/** Gives the application under test an empty database of its own on a real PostgreSQL. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      return Map.of(
          "quarkus.datasource.jdbc.url",
          TestPostgres.freshDatabase(),
          "quarkus.datasource.username",
          TestPostgres.USER);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test", e);
    }
  }

  @Override
  public void stop() {
    // The server is shared and ends with the JVM, its databases with it.
  }
}
