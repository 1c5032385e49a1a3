package dev.wrinklefree.checkpoint.registry;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.database.StoredJson;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.ListingPace.Job;
import dev.wrinklefree.checkpoint.registry.WatchedRun.Cause;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs in the service's database. */
@ApplicationScoped
public class RunRepository {

  private static final String COLUMNS =
      """
      run_id, bucket, prefix, layout, cause_event_id, correlation_id, trace_parent, live,
      job_active, last_change_at, last_listed_at, failures, listings, wishes
      """;

  private static final String WISH =
      """
      wishes = wishes + 1,
        next_listing_at = case when failures > 0 then next_listing_at else ?::timestamptz end
      """;

  private final Database database;

  RunRepository(Database database) {
    this.database = database;
  }

  /**
   * Registers a run, due at once. The first word of a run counts.
   *
   * @param layout how its checkpoints are named; null if its launch tells of none
   */
  @Transactional(TxType.MANDATORY)
  public void register(
      RunId runId,
      BucketPrefix where,
      @Nullable CheckpointLayout layout,
      Cause cause,
      Instant now) {
    database.update(
        """
        insert into watched_run (run_id, bucket, prefix, layout, cause_event_id, correlation_id,
          trace_parent, live, registered_at, last_change_at, next_listing_at)
        values (?, ?, ?, ?::jsonb, ?, ?, ?, true, ?, ?, ?)
        on conflict (run_id) do nothing
        """,
        runId.value(),
        where.bucket(),
        where.prefix(),
        layout == null ? null : StoredJson.write(layout),
        cause.eventId(),
        cause.correlationId(),
        cause.traceParent(),
        now,
        now,
        now);
  }

  /** Records what launch-service says: whether a job of the run exists or may exist. */
  @Transactional(TxType.MANDATORY)
  public void setLive(RunId runId, boolean live) {
    database.update("update watched_run set live = ? where run_id = ?", live, runId.value());
  }

  /**
   * Records what monitor-service says: whether the run's job is active or has ended. Either way
   * something may have been written, so the run is listed soon, even if it was given up.
   */
  @Transactional(TxType.MANDATORY)
  public void setJobActive(RunId runId, boolean active, Instant now) {
    database.update(
        "update watched_run set live = ?, job_active = ?, " + WISH + " where run_id = ?",
        active,
        active,
        now,
        runId.value());
  }

  /**
   * Asks for a listing of each run whose prefix is among these, even of one that was given up. A
   * run whose listings fail keeps its distance.
   *
   * @param now when to list, at the earliest
   * @param gap least time between two beginnings
   * @return how many runs that are
   */
  @Transactional
  public int listSoon(Set<BucketPrefix> places, Instant now, Duration gap) {
    return database.update(
        """
        update watched_run as r set wishes = wishes + 1, next_listing_at = case
          when failures > 0 then next_listing_at
          else least(next_listing_at,
            greatest(?::timestamptz, last_listed_at + ? * interval '1 millisecond')) end
        from unnest(?, ?) as place (bucket, prefix)
        where r.bucket = place.bucket and r.prefix = place.prefix
        """,
        now,
        gap.toMillis(),
        places.stream().map(BucketPrefix::bucket).toArray(String[]::new),
        places.stream().map(BucketPrefix::prefix).toArray(String[]::new));
  }

  /**
   * The runs whose prefixes are to be listed by then, those that wait longest first. A time that is
   * further away than any wait was planned by a clock that has been set back since.
   *
   * @param longestWait between two listings
   */
  public List<WatchedRun> dueBy(Instant when, Duration longestWait) {
    return database.query(
        "select "
            + COLUMNS
            + """
             from watched_run where next_listing_at <= ? or next_listing_at > ?
            order by next_listing_at, run_id
            """,
        RunRepository::run,
        when,
        when.plus(longestWait));
  }

  /** A run; empty if it is not known. */
  public Optional<WatchedRun> find(RunId runId) {
    return database
        .query(
            "select " + COLUMNS + " from watched_run where run_id = ?",
            RunRepository::run,
            runId.value())
        .stream()
        .findFirst();
  }

  /** How the buckets of all runs that are still listed do. */
  public List<BucketState> buckets() {
    return database.query(
        """
        select bucket, max(last_listed_at) as listed, max(last_failed_at) as failed,
          min(failing_since) filter (where failures > 0) as failing_since,
          min(next_listing_at) as due,
          (array_agg(last_failure order by last_failed_at desc nulls last))[1] as failure
        from watched_run where next_listing_at is not null group by bucket order by bucket
        """,
        row ->
            new BucketState(
                row.getString("bucket"),
                Database.instantOrNull(row, "listed"),
                Database.instantOrNull(row, "failed"),
                Database.instantOrNull(row, "failing_since"),
                row.getString("failure"),
                Database.instant(row, "due")));
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
   * Locks a run until the end of the transaction, unless another listing of it was recorded.
   *
   * @param listings how many listings should be recorded
   * @return whether the lock was given
   */
  @Transactional(TxType.MANDATORY)
  public boolean lock(RunId runId, long listings) {
    return !lock(Map.of(runId, listings)).isEmpty();
  }

  /**
   * Locks runs in the order of their ids, each unless another listing of it was recorded.
   *
   * @param listings how many listings of each should be recorded
   * @return the runs for which the lock was given
   */
  @Transactional(TxType.MANDATORY)
  public Set<RunId> lock(Map<RunId, Long> listings) {
    List<Map.Entry<RunId, Long>> expected = List.copyOf(listings.entrySet());
    return Set.copyOf(
        database.query(
            """
            select r.run_id from unnest(?, ?) as expected (run_id, listings)
            join watched_run r using (run_id, listings) order by r.run_id for update of r
            """,
            row -> new RunId(row.getString("run_id")),
            expected.stream().map(run -> run.getKey().value()).toArray(String[]::new),
            expected.stream().map(Map.Entry::getValue).toArray(Long[]::new)));
  }

  /**
   * A listing that succeeded.
   *
   * @param run as it was read before the listing began: a wish that came since is still open
   * @param at when it began
   * @param next when to list again; null to give the run up
   * @param soon when to list again at the earliest, if there is a wish
   */
  public record Success(
      WatchedRun run, Instant at, Instant lastChangeAt, @Nullable Instant next, Instant soon) {}

  /** Records listings that succeeded. */
  @Transactional(TxType.MANDATORY)
  public void listed(List<Success> listings) {
    database.batch(
        """
        update watched_run set listings = listings + 1, failures = 0, last_failure = null,
          failing_since = null, last_listed_at = ?, last_change_at = ?,
          next_listing_at = case when wishes > ? then least(?::timestamptz, ?::timestamptz)
            else ?::timestamptz end
        where run_id = ?
        """,
        listings.stream()
            .map(
                listing ->
                    new @Nullable Object[] {
                      listing.at(),
                      listing.lastChangeAt(),
                      listing.run().wishes(),
                      listing.soon(),
                      listing.next(),
                      listing.next(),
                      listing.run().runId().value()
                    })
            .toList());
  }

  /**
   * Records that a listing failed, which says nothing of the run.
   *
   * @param next when to list again; null to give the run up
   */
  @Transactional(TxType.MANDATORY)
  public void failed(RunId runId, String code, Instant failedAt, @Nullable Instant next) {
    database.update(
        """
        update watched_run set failures = failures + 1, last_failure = ?, last_failed_at = ?,
          failing_since = case when failures = 0 then ? else coalesce(failing_since, ?) end,
          next_listing_at = ?::timestamptz
        where run_id = ?
        """,
        code,
        failedAt,
        failedAt,
        failedAt,
        next,
        runId.value());
  }

  private static WatchedRun run(ResultSet row) throws SQLException {
    return new WatchedRun(
        new RunId(row.getString("run_id")),
        new BucketPrefix(row.getString("bucket"), row.getString("prefix")),
        layout(row.getString("layout")),
        new Cause(
            row.getString("cause_event_id"),
            row.getString("correlation_id"),
            row.getString("trace_parent")),
        job(row.getBoolean("live"), row.getBoolean("job_active")),
        Database.instant(row, "last_change_at"),
        Database.instantOrNull(row, "last_listed_at"),
        row.getInt("failures"),
        row.getLong("listings"),
        row.getLong("wishes"));
  }

  private static @Nullable CheckpointLayout layout(@Nullable String json) {
    return json == null ? null : StoredJson.read(json, CheckpointLayout.class);
  }

  private static Job job(boolean live, boolean active) {
    if (active) {
      return Job.ACTIVE;
    }
    return live ? Job.POSSIBLE : Job.NONE;
  }
}
