package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The test application's handler: a row and an event for each call, after which it fails as often
 * as a test has asked for that run.
 */
@ApplicationScoped
class HandledRepository implements RawEventHandler {

  /** A call that was committed. */
  record Handled(String reason, boolean bodyConflict) {}

  private final Map<RunId, Queue<RuntimeException>> failures = new ConcurrentHashMap<>();
  private final Map<RunId, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final DataSource dataSource;
  private final Outbox outbox;

  HandledRepository(DataSource dataSource, Outbox outbox) {
    this.dataSource = dataSource;
    this.outbox = outbox;
  }

  @Override
  public void handle(IncomingEvent event) throws UnreadableEventException {
    RunId runId = event.attributes().runId();
    calls.computeIfAbsent(runId, key -> new AtomicInteger()).incrementAndGet();
    CancelRequested request = event.as(CancelRequested.class);
    insert(runId, request.reason(), event.bodyConflict());
    outbox.append(
        OutboundEvent.causedBy(
            event.attributes(),
            runId,
            new LaunchFailed(runId, "cancelled", "Cancelled.", 1),
            event.attributes().time(),
            event.attributes().time()));
    RuntimeException failure = failures.getOrDefault(runId, new ConcurrentLinkedQueue<>()).poll();
    if (failure != null) {
      throw failure;
    }
  }

  void failNext(RunId runId, List<RuntimeException> with) {
    failures.put(runId, new ConcurrentLinkedQueue<>(with));
  }

  int calls(RunId runId) {
    return calls.getOrDefault(runId, new AtomicInteger()).get();
  }

  List<Handled> committed(RunId runId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT * FROM handled WHERE run_id = ? ORDER BY position")) {
      statement.setString(1, runId.value());
      List<Handled> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(new Handled(row.getString("reason"), row.getBoolean("body_conflict")));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(RunId runId, @Nullable String reason, boolean bodyConflict) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO handled (run_id, reason, body_conflict) VALUES (?, ?, ?)")) {
      statement.setString(1, runId.value());
      statement.setString(2, reason);
      statement.setBoolean(3, bodyConflict);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
