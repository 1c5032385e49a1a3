package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.alert.Vigil.Phase;
import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How long checkpoints have been waited for, in the service's database. */
@ApplicationScoped
class VigilRepository {

  private static final String LOCK =
      """
      select phase, sure, attempt, since, looked_ms, waited_ms, first_awaited from vigil
      where run_id = ? for update
      """;

  private final Database database;

  VigilRepository(Database database) {
    this.database = database;
  }

  /** Reads a run's and locks it until the end of the transaction. */
  @Transactional(TxType.MANDATORY)
  Vigil lock(RunId runId) {
    // The usual case first: it writes nothing.
    List<Vigil> known = database.query(LOCK, VigilRepository::vigil, runId.value());
    if (!known.isEmpty()) {
      return known.getFirst();
    }
    database.update(
        "insert into vigil (run_id) values (?) on conflict (run_id) do nothing", runId.value());
    return database.query(LOCK, VigilRepository::vigil, runId.value()).getFirst();
  }

  /** Records it. */
  @Transactional(TxType.MANDATORY)
  void save(RunId runId, Vigil vigil) {
    database.update(
        """
        update vigil set phase = ?, sure = ?, attempt = ?, since = ?::timestamptz, looked_ms = ?,
          waited_ms = ?, first_awaited = ?
        where run_id = ?
        """,
        vigil.phase().name(),
        vigil.sure(),
        vigil.attempt(),
        vigil.since(),
        vigil.looked().toMillis(),
        vigil.waited().toMillis(),
        vigil.firstAwaited(),
        runId.value());
  }

  /** The directories of a run that lacked objects at the last listing, by name. */
  @Transactional(TxType.MANDATORY)
  List<PartialDirectory> partial(RunId runId) {
    return database.query(
        """
        select slot, present, missing, looked_ms, since from partial_checkpoint where run_id = ?
        order by slot
        """,
        VigilRepository::directory,
        runId.value());
  }

  /** Records which do now. */
  @Transactional(TxType.MANDATORY)
  void replacePartial(RunId runId, List<PartialDirectory> directories) {
    database.update("delete from partial_checkpoint where run_id = ?", runId.value());
    database.batch(
        """
        insert into partial_checkpoint (run_id, slot, present, missing, looked_ms, since)
        values (?, ?, ?, ?, ?, ?)
        """,
        directories.stream()
            .map(
                directory ->
                    new Object[] {
                      runId.value(),
                      directory.slot(),
                      directory.present().toArray(String[]::new),
                      directory.missing().toArray(String[]::new),
                      directory.looked().toMillis(),
                      directory.since()
                    })
            .toList());
  }

  private static Vigil vigil(ResultSet row) throws SQLException {
    return new Vigil(
        Phase.valueOf(row.getString("phase")),
        row.getBoolean("sure"),
        row.getInt("attempt"),
        Database.instantOrNull(row, "since"),
        Duration.ofMillis(row.getLong("looked_ms")),
        Duration.ofMillis(row.getLong("waited_ms")),
        row.getBoolean("first_awaited"));
  }

  private static PartialDirectory directory(ResultSet row) throws SQLException {
    return new PartialDirectory(
        row.getString("slot"),
        strings(row.getArray("present")),
        strings(row.getArray("missing")),
        Duration.ofMillis(row.getLong("looked_ms")),
        Database.instant(row, "since"));
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
