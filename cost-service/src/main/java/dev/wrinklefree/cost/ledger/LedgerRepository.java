package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.accrual.Saves;
import dev.wrinklefree.cost.database.Rows;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import dev.wrinklefree.cost.run.KnownRun;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The ledger in PostgreSQL. */
@ApplicationScoped
public class LedgerRepository implements PanacheRepositoryBase<RunEntity, String> {

  private static final String OPEN =
      "INSERT INTO cost_run (run_id, first_seen) VALUES (:runId, :now) ON CONFLICT DO NOTHING";

  private static final String ADD_CHECKPOINT =
      """
      INSERT INTO cost_checkpoint (run_id, identity, written_at, bytes, save_millis)
      VALUES (:runId, :identity, :writtenAt, :bytes, :millis)
      ON CONFLICT DO NOTHING
      """;

  private static final String NEWEST_CHECKPOINTS =
      """
      SELECT written_at, bytes, save_millis FROM cost_checkpoint
      WHERE run_id = ? ORDER BY written_at DESC, identity LIMIT ?
      """;

  private static final String LAST_CHECKPOINT =
      """
      SELECT max(written_at) FROM cost_checkpoint
      WHERE run_id = ? AND written_at > ? AND written_at <= ?
      """;

  /** After every time that an event can bear. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Changes a run's account, one transaction at a time. The run is entered if it is new.
   *
   * @param now when a new run was first seen
   * @return the account before and after
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Change update(RunId runId, Instant now, UnaryOperator<RunAccount> change) {
    getEntityManager()
        .createNativeQuery(OPEN)
        .setParameter("runId", runId.value())
        .setParameter("now", now)
        .executeUpdate();
    RunEntity entity = locked(runId).orElseThrow();
    RunAccount before = entity.account();
    RunAccount after = change.apply(before);
    entity.keep(after);
    return new Change(before, after);
  }

  /** Writes down that the run's end was asked for because of its budget. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void cancelling(RunId runId) {
    update("cancelRequested = true where runId = ?1", runId.value());
  }

  /** Writes down when a complete checkpoint was written, of a run that was entered before. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void addCheckpoint(RunId runId, String identity, SaveRhythm.Save save) {
    Duration measured = save.measured();
    getEntityManager()
        .createNativeQuery(ADD_CHECKPOINT)
        .setParameter("runId", runId.value())
        .setParameter("identity", identity)
        .setParameter("writtenAt", save.writtenAt())
        .setParameter("bytes", save.bytes())
        .setParameter("millis", measured == null ? null : measured.toMillis())
        .executeUpdate();
  }

  /** The newest checkpoints of a run, at most {@link SaveRhythm#NEWEST}, in the order of time. */
  public List<SaveRhythm.Save> newestCheckpoints(RunId runId) {
    return query(NEWEST_CHECKPOINTS, LedgerRepository::save, runId.value(), SaveRhythm.NEWEST)
        .reversed();
  }

  private static SaveRhythm.Save save(ResultSet row) throws SQLException {
    long millis = row.getLong("save_millis");
    Duration measured = row.wasNull() ? null : Duration.ofMillis(millis);
    return new SaveRhythm.Save(
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        row.getLong("bytes"),
        measured);
  }

  /** When the run's complete checkpoints were written. */
  public Saves saves(RunId runId) {
    return (from, to) ->
        query(
                LAST_CHECKPOINT,
                row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)),
                runId.value(),
                from,
                to == null ? LATEST : to)
            .getFirst()
            .map(OffsetDateTime::toInstant);
  }

  private <T> List<T> query(String sql, Rows.Reader<T> reader, Object... parameters) {
    return getEntityManager()
        .unwrap(Session.class)
        .doReturningWork(connection -> Rows.of(connection, sql, reader, parameters));
  }

  /**
   * Runs that hold machines, in the order of their ids; nobody else changes them until the
   * transaction ends. Their histories are not read.
   *
   * @param after only those behind this one; absent: from the first
   * @param most so many at most
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Tellable> lockAccruing(@Nullable RunId after, int most) {
    return getEntityManager()
        .unwrap(Session.class)
        .doReturningWork(
            connection -> AccruingRows.lock(connection, after == null ? "" : after.value(), most));
  }

  /** The same of one run; empty if it holds no machines. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<Tellable> lockAccruing(RunId runId) {
    return locked(runId).filter(run -> run.accruing).map(RunEntity::tellable);
  }

  /** Ids of runs that hold machines, in their order; only those behind one. */
  @Transactional
  public List<RunId> accruing(@Nullable RunId after, int most) {
    return getEntityManager()
        .createQuery(
            "select r.runId from RunEntity r where r.accruing and r.runId > :after order by r.runId",
            String.class)
        .setParameter("after", after == null ? "" : after.value())
        .setMaxResults(most)
        .getResultStream()
        .map(RunId::new)
        .toList();
  }

  /** What a run's cost is computed from, if we know the run. */
  @Transactional
  public Optional<RunCost> cost(RunId runId) {
    return findByIdOptional(runId.value()).map(RunEntity::cost);
  }

  /** A run with what it is, if we know it. */
  @Transactional
  public Optional<KnownRun> known(RunId runId) {
    return findByIdOptional(runId.value()).map(RunEntity::known);
  }

  /** The same for the newest runs, newest first. */
  @Transactional
  public List<RunCost> newest(int limit) {
    return find("order by firstSeen desc, runId").page(Page.ofSize(limit)).stream()
        .map(RunEntity::cost)
        .toList();
  }

  /**
   * Runs that had machines in a time, in the order of their ids.
   *
   * @param from inclusive
   * @param to exclusive
   */
  @Transactional
  public List<KnownRun> withMachines(Instant from, Instant to) {
    return list(
            "select distinct r from RunEntity r join r.intervals i"
                + " where i.started < ?2 and (i.ended is null or i.ended > ?1) order by r.runId",
            from,
            to)
        .stream()
        .map(RunEntity::known)
        .toList();
  }

  private Optional<RunEntity> locked(RunId runId) {
    return findByIdOptional(runId.value(), LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * What an update did.
   *
   * @param before the account as it was
   * @param after the account as it is
   */
  public record Change(RunAccount before, RunAccount after) {

    /**
     * Whether there is something to tell: machines came or went, work was saved, or the run ended.
     */
    public boolean isNews() {
      return after.cost().differsInMoney(before.cost());
    }
  }
}
