package dev.wrinklefree.outbox.watching;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of all watches in the service's database. */
@ApplicationScoped
class WatchRecordRepository implements WatchRecord {

  private static final Logger LOGGER = LoggerFactory.getLogger(WatchRecordRepository.class);

  /** A replica whose clock is behind does not turn the record back. */
  private static final String SUCCEEDED =
      """
      INSERT INTO watch_record AS w (watch, last_success_at) VALUES (?, ?)
      ON CONFLICT (watch) DO UPDATE
        SET last_success_at = greatest(w.last_success_at, excluded.last_success_at)
      """;

  private static final String FAILED =
      """
      INSERT INTO watch_record (watch, last_failure_at, last_failure) VALUES (?, ?, ?)
      ON CONFLICT (watch) DO UPDATE
        SET last_failure_at = excluded.last_failure_at, last_failure = excluded.last_failure
      """;

  private static final String READ =
      "SELECT watch, last_success_at, last_failure_at, last_failure FROM watch_record";

  private final WatchWriter writer = new WatchWriter();
  private final DataSource dataSource;

  WatchRecordRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void succeeded(Watch watch, Instant at) {
    if (writer.isDue(watch, true, at)) {
      write(watch, SUCCEEDED, at, null);
    }
  }

  @Override
  public void failed(Watch watch, String reason, Instant at) {
    if (writer.isDue(watch, false, at)) {
      write(
          watch, FAILED, at, reason.substring(0, Math.min(reason.length(), WatchState.MAX_REASON)));
    }
  }

  /** All that is recorded, by the watch's name. */
  Map<String, WatchState> read() throws SQLException {
    Map<String, WatchState> states = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        states.put(
            row.getString("watch"),
            new WatchState(
                instant(row, "last_success_at"),
                instant(row, "last_failure_at"),
                row.getString("last_failure")));
      }
    }
    return states;
  }

  private void write(Watch watch, String statement, Instant at, @Nullable String reason) {
    try {
      QuarkusTransaction.suspendingExisting().run(() -> execute(watch, statement, at, reason));
    } catch (RuntimeException e) {
      writer.forget(watch);
      LOGGER.debug("Watch {} was not recorded", watch.name(), e);
    }
  }

  private void execute(Watch watch, String sql, Instant at, @Nullable String reason) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, watch.name());
      statement.setObject(2, at.atOffset(ZoneOffset.UTC));
      if (reason != null) {
        statement.setString(3, reason);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
