package dev.wrinklefree.checkpoint.registry;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.WatchedRun.Cause;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs in the service's database. */
@ApplicationScoped
public class RunRepository {

  private static final String COLUMNS =
      """
      run_id, bucket, prefix, cause_event_id, correlation_id, trace_parent, live, last_change_at,
      failures, listings
      """;

  private final Database database;

  RunRepository(Database database) {
    this.database = database;
  }

  /** Registers a run, due at once. The first word of a run counts. */
  @Transactional(TxType.MANDATORY)
  public void register(RunId runId, BucketPrefix where, Cause cause, Instant now) {
    database.update(
        """
        insert into watched_run (run_id, bucket, prefix, cause_event_id, correlation_id,
          trace_parent, live, registered_at, last_change_at, next_listing_at)
        values (?, ?, ?, ?, ?, ?, true, ?, ?, ?)
        on conflict (run_id) do nothing
        """,
        runId.value(),
        where.bucket(),
        where.prefix(),
        cause.eventId(),
        cause.correlationId(),
        cause.traceParent(),
        now,
        now,
        now);
  }

  /** Records whether a job of the run exists or may exist. */
  @Transactional(TxType.MANDATORY)
  public void setLive(RunId runId, boolean live) {
    database.update("update watched_run set live = ? where run_id = ?", live, runId.value());
  }

  /** The runs whose prefixes are to be listed by then, those that wait longest first. */
  public List<WatchedRun> dueBy(Instant when) {
    return database.query(
        "select "
            + COLUMNS
            + " from watched_run where next_listing_at <= ? order by next_listing_at, run_id",
        RunRepository::run,
        when);
  }

  /** The prefixes of all runs, those that were given up included, in one bucket. */
  public Set<String> prefixesIn(String bucket) {
    return database
        .query(
            "select prefix from watched_run where bucket = ?",
            row -> row.getString("prefix"),
            bucket)
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Locks a run until the end of the transaction, unless another listing of it was recorded since
   * the given state was read.
   *
   * @return whether the lock was given
   */
  @Transactional(TxType.MANDATORY)
  public boolean lock(WatchedRun run) {
    return !database
        .query(
            "select 1 from watched_run where run_id = ? and listings = ? for update",
            row -> true,
            run.runId().value(),
            run.listings())
        .isEmpty();
  }

  /**
   * Records that a listing succeeded.
   *
   * @param next when to list again; null to give the run up
   */
  @Transactional(TxType.MANDATORY)
  public void listed(RunId runId, Instant listedAt, Instant lastChangeAt, @Nullable Instant next) {
    database.update(
        """
        update watched_run set listings = listings + 1, failures = 0, last_failure = null,
          last_listed_at = ?, last_change_at = ?, next_listing_at = ?::timestamptz
        where run_id = ?
        """,
        listedAt,
        lastChangeAt,
        next,
        runId.value());
  }

  /**
   * Records that a listing failed, which says nothing of the run.
   *
   * @param next when to list again; null to give the run up
   */
  @Transactional(TxType.MANDATORY)
  public void failed(RunId runId, String code, @Nullable Instant next) {
    database.update(
        """
        update watched_run set failures = failures + 1, last_failure = ?,
          next_listing_at = ?::timestamptz
        where run_id = ?
        """,
        code,
        next,
        runId.value());
  }

  private static WatchedRun run(ResultSet row) throws SQLException {
    return new WatchedRun(
        new RunId(row.getString("run_id")),
        new BucketPrefix(row.getString("bucket"), row.getString("prefix")),
        new Cause(
            row.getString("cause_event_id"),
            row.getString("correlation_id"),
            row.getString("trace_parent")),
        row.getBoolean("live"),
        Database.instant(row, "last_change_at"),
        row.getInt("failures"),
        row.getLong("listings"));
  }
}
