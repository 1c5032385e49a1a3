package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.database.StoredJson;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The alerts in the service's database. */
@ApplicationScoped
public class AlertRepository {

  private final Database database;

  AlertRepository(Database database) {
    this.database = database;
  }

  /** The open alerts of runs, as raised. */
  @Transactional(TxType.MANDATORY)
  Map<RunId, List<Alert>> open(Collection<RunId> runs) {
    return database
        .query(
            """
            select data, raised_at, cleared_at from alert
            where run_id = any(?) and cleared_at is null
            """,
            row ->
                new Alert(
                    StoredJson.read(row.getString("data"), RunAlerted.class),
                    Database.instant(row, "raised_at"),
                    null),
            (Object) runs.stream().map(RunId::value).toArray(String[]::new))
        .stream()
        .collect(Collectors.groupingBy(alert -> alert.raised().runId()));
  }

  /** Records one that is being raised. */
  @Transactional(TxType.MANDATORY)
  void raise(RunAlerted raised, Instant now) {
    database.update(
        "insert into alert (run_id, code, raised_at, data) values (?, ?, ?, ?::jsonb)",
        raised.runId().value(),
        raised.code(),
        now,
        StoredJson.write(raised));
  }

  /** Records that the open one of that code is being cleared. */
  @Transactional(TxType.MANDATORY)
  void clear(RunId runId, String code, Instant now) {
    database.update(
        "update alert set cleared_at = ? where run_id = ? and code = ? and cleared_at is null",
        now,
        runId.value(),
        code);
  }

  /**
   * The alerts, the last raised first.
   *
   * @param runId of that run only; null: of all
   * @param open only those that are open, or only those that are not; null: both
   * @param limit at most so many
   */
  public List<Alert> newest(@Nullable RunId runId, @Nullable Boolean open, int limit) {
    String run = runId == null ? null : runId.value();
    return database.query(
        """
        select data, raised_at, cleared_at from alert
        where (?::text is null or run_id = ?) and (?::boolean is null or (cleared_at is null) = ?)
        order by raised_at desc, id desc limit ?
        """,
        row ->
            new Alert(
                StoredJson.read(row.getString("data"), RunAlerted.class),
                Database.instant(row, "raised_at"),
                Database.instantOrNull(row, "cleared_at")),
        run,
        run,
        open,
        open,
        limit);
  }
}
