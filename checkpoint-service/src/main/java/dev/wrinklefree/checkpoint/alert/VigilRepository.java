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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long checkpoints have been waited for, in the service's database. */
@ApplicationScoped
class VigilRepository {

  private static final String LOCK =
      """
      select run_id, phase, sure, attempt, since, looked_ms, waited_ms, first_awaited from vigil
      where run_id = any(?) order by run_id for update
      """;

  private final Database database;

  VigilRepository(Database database) {
    this.database = database;
  }

  /** Reads those of runs and locks them, in the order of ids, until the end of the transaction. */
  @Transactional(TxType.MANDATORY)
  Map<RunId, Vigil> lock(Collection<RunId> runs) {
    Map<RunId, Vigil> known = locked(runs);
    if (known.size() == runs.size()) {
      // The usual case: it writes nothing.
      return known;
    }
    database.update(
        """
        insert into vigil (run_id) select * from unnest(?) as r (run_id) order by run_id
        on conflict (run_id) do nothing
        """,
        (Object) ids(runs));
    return locked(runs);
  }

  private Map<RunId, Vigil> locked(Collection<RunId> runs) {
    return database
        .query(
            LOCK,
            row -> Map.entry(new RunId(row.getString("run_id")), vigil(row)),
            (Object) ids(runs))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Records them. */
  @Transactional(TxType.MANDATORY)
  void save(Map<RunId, Vigil> vigils) {
    database.batch(
        """
        update vigil set phase = ?, sure = ?, attempt = ?, since = ?::timestamptz, looked_ms = ?,
          waited_ms = ?, first_awaited = ?
        where run_id = ?
        """,
        vigils.entrySet().stream()
            .map(
                run -> {
                  Vigil vigil = run.getValue();
                  return new @Nullable Object[] {
                    vigil.phase().name(),
                    vigil.sure(),
                    vigil.attempt(),
                    vigil.since(),
                    vigil.looked().toMillis(),
                    vigil.waited().toMillis(),
                    vigil.firstAwaited(),
                    run.getKey().value()
                  };
                })
            .toList());
  }

  /** The directories of runs that lacked objects at the last listing, by name. */
  @Transactional(TxType.MANDATORY)
  Map<RunId, List<PartialDirectory>> partial(Collection<RunId> runs) {
    return database
        .query(
            """
            select run_id, slot, present, missing, looked_ms, since from partial_checkpoint
            where run_id = any(?) order by run_id, slot
            """,
            row -> Map.entry(new RunId(row.getString("run_id")), directory(row)),
            (Object) ids(runs))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
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
                    new @Nullable Object[] {
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

  private static String[] ids(Collection<RunId> runs) {
    return runs.stream().map(RunId::value).toArray(String[]::new);
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
