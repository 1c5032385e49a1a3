package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The test application's handler of batches: a row for each event, and a note of each size. */
@ApplicationScoped
class HandledTogetherRepository implements BatchHandler {

  /** Until when calls wait; nothing is read meanwhile, so what comes then is read together. */
  private volatile CountDownLatch held = new CountDownLatch(0);

  private final Map<RunId, Runnable> refused = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<List<RunId>> calls = new ConcurrentLinkedQueue<>();
  private final DataSource dataSource;

  HandledTogetherRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void handle(List<ReceivedEvent> events) throws UnreadableEventException {
    awaitRelease();
    calls.add(events.stream().map(event -> event.event().attributes().runId()).toList());
    for (ReceivedEvent event : events) {
      RunId runId = event.event().attributes().runId();
      insert(runId, event.event().as(LaunchRequested.class).name());
      refused.getOrDefault(runId, () -> {}).run();
    }
  }

  /** Has the handler fail in this way at each event of that run. */
  void refuse(RunId runId, Runnable failure) {
    refused.put(runId, failure);
  }

  /** Has all calls wait, from the next one on. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** Lets them go on. */
  void release() {
    held.countDown();
  }

  /** The runs of each call, in the order of the calls. */
  List<List<RunId>> calls() {
    return List.copyOf(calls);
  }

  /** The names in the committed requests of a run. */
  List<String> committed(RunId runId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT reason FROM handled WHERE run_id = ? ORDER BY position")) {
      statement.setString(1, runId.value());
      List<String> names = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(RunId runId, @Nullable String name) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO handled (run_id, reason, body_conflict) VALUES (?, ?, false)")) {
      statement.setString(1, runId.value());
      statement.setString(2, name);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
