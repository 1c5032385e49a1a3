package dev.wrinklefree.launch;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reads the service's table as an operator would. */
final class Rows {

  /** What a test asks of a run's row. */
  record Row(String state, int attempts, int failures) {}

  private Rows() {}

  static Row of(RunId runId) {
    DataSource dataSource = Arc.container().instance(DataSource.class).get();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT state, attempts, failures FROM run WHERE run_id = ?")) {
      statement.setString(1, runId.value());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new AssertionError("no row of " + runId);
        }
        return new Row(row.getString(1), row.getInt(2), row.getInt(3));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
