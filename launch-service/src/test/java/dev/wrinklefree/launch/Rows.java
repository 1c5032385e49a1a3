package dev.wrinklefree.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the service's table as an operator would. */
final class Rows {

  /** What a test asks of a run's row. */
  record Row(String state, int attempts, int failures) {}

  private Rows() {}

  static boolean isCancelRequested(RunId runId) {
    try (Connection connection = connection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT 1 FROM cancellation WHERE run_id = ?")) {
      statement.setString(1, runId.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets a run back to where it was when the process died after SkyPilot took the request. */
  static void forgetTheJob(RunId runId, boolean requestIdToo) {
    try (Connection connection = connection();
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE run SET state = 'submitting', skypilot_job_id = NULL, submitted_at = NULL,"
                    + " submitting_since = now(), skypilot_request_id ="
                    + " CASE WHEN ? THEN NULL ELSE skypilot_request_id END WHERE run_id = ?")) {
      statement.setBoolean(1, requestIdToo);
      statement.setString(2, runId.value());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets a submit under way back by an hour, with a request of which SkyPilot knows nothing. */
  static void waitedLongForARequestThatIsLost(RunId runId) {
    update(
        runId,
        "UPDATE run SET submitting_since = now() - interval '1 hour', skypilot_request_id ="
            + " gen_random_uuid()::text WHERE state = 'submitting' AND run_id = ?");
  }

  /** Makes the run's job another one. */
  static void setJobId(RunId runId, long jobId) {
    update(runId, "UPDATE run SET skypilot_job_id = " + jobId + " WHERE run_id = ?");
  }

  static boolean hasRequestId(RunId runId) {
    return text(runId, "SELECT skypilot_request_id FROM run WHERE run_id = ?") != null;
  }

  static boolean isJobUnknown(RunId runId) {
    return text(runId, "SELECT unknown_since::text FROM cancellation WHERE run_id = ?") != null;
  }

  static String taskYaml(RunId runId) {
    return Objects.requireNonNull(
        text(runId, "SELECT task_yaml FROM run WHERE run_id = ?"), "the run was not accepted");
  }

  private static void update(RunId runId, String sql) {
    try (Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, runId.value());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable String text(RunId runId, String sql) {
    try (Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, runId.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  static Row of(RunId runId) {
    try (Connection connection = connection();
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

  private static Connection connection() throws SQLException {
    return Arc.container().instance(DataSource.class).get().getConnection();
  }
}
