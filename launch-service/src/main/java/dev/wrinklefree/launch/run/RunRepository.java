package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The runs. All methods belong into the caller's transaction. */
@ApplicationScoped
public class RunRepository implements PanacheRepositoryBase<RunEntity, String> {

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String LOCK_RUNS =
      """
      SELECT pg_advisory_xact_lock(hashtextextended('run ' || run_id, 0))
      FROM (SELECT unnest(?::text[]) AS run_id ORDER BY 1) AS run
      """;

  private static final Sort NEWEST_FIRST =
      Sort.descending("answeredAt").and("runId", Sort.Direction.Descending);

  /**
   * Waits for, and then holds until the transaction's end, the right to decide about a run. Unlike
   * a row lock it works before the run has a row, when a launch and its cancel meet.
   */
  public void lock(RunId runId) {
    lock("run " + runId);
  }

  /** The same for several runs, in the order of their ids. */
  public void lock(Collection<RunId> runIds) {
    getEntityManager()
        .unwrap(Session.class)
        .doWork(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(LOCK_RUNS)) {
                String[] ids = runIds.stream().map(RunId::value).toArray(String[]::new);
                statement.setArray(1, connection.createArrayOf("text", ids));
                statement.execute();
              }
            });
  }

  /**
   * Waits for, and then holds until the transaction's end, the right to begin a submit in any
   * replica. To be taken last: who holds it waits for nothing.
   */
  public void lockSubmits() {
    lock("submits");
  }

  /**
   * Submits under way in all replicas: SkyPilot took the request and has not ended it, or its
   * answer is awaited.
   *
   * @param sentAfter a request without an answer that was sent before this is not counted
   */
  public long submitsUnderWay(Instant sentAfter) {
    return count(
        "state = 'submitting' and (skypilotRequestId is not null or submittingSince > ?1)",
        sentAfter);
  }

  /**
   * Runs that were accepted before this one and have not been submitted.
   *
   * @param atMost where counting ends: a long line must not make each look at it long
   */
  public long waitingBefore(Run run, int atMost) {
    return getEntityManager()
        .createQuery(
            "select 1 from RunEntity where state = 'accepted' and answeredAt < ?1", Integer.class)
        .setParameter(1, run.answeredAt())
        .setMaxResults(atMost)
        .getResultList()
        .size();
  }

  /** The run as it is now. */
  public Optional<Run> of(RunId runId) {
    return findByIdOptional(runId.value()).map(RunEntity::toRun);
  }

  /** Those of the given runs that are recorded. */
  public Map<RunId, Run> of(Collection<RunId> runIds) {
    return list("runId in ?1", runIds.stream().map(RunId::value).toList()).stream()
        .map(RunEntity::toRun)
        .collect(Collectors.toMap(Run::runId, run -> run));
  }

  /** The run that an event was the first to request. */
  public Optional<Run> requestedBy(String source, String eventId) {
    return find(
            "requestSource = ?1 and requestEventId = ?2",
            Sort.ascending("answeredAt"),
            source,
            eventId)
        .firstResultOptional()
        .map(RunEntity::toRun);
  }

  /** Records a new run; the caller holds its lock and found none. */
  public void add(Run run) {
    persist(RunEntity.of(run));
  }

  /**
   * Changes a run's state if it still is what the caller decided upon. The caller holds its lock.
   *
   * @param failures tries in a row that brought it no further
   * @return whether it was changed; if not, somebody else was faster and the decision is void
   */
  public boolean change(RunId runId, RunState expected, RunState next, int failures) {
    RunEntity row = findById(runId.value());
    if (row == null || !row.toRun().state().equals(expected)) {
      return false;
    }
    row.apply(next, failures);
    return true;
  }

  /** A plain statement: Hibernate would plan the same query anew for each of many events. */
  private void lock(String name) {
    getEntityManager()
        .unwrap(Session.class)
        .doWork(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
                statement.setString(1, name);
                statement.execute();
              }
            });
  }

  /**
   * The runs answered last, newest first.
   *
   * @param limit most runs, at least 1
   * @param name only runs of this friendly name; null for all
   */
  public List<Run> newest(int limit, @Nullable String name) {
    var query = name == null ? findAll(NEWEST_FIRST) : find("name", NEWEST_FIRST, name);
    return query.page(Page.ofSize(limit)).list().stream().map(RunEntity::toRun).toList();
  }
}
