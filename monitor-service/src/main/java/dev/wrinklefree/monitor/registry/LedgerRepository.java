package dev.wrinklefree.monitor.registry;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.watch.Ledger;
import dev.wrinklefree.monitor.watch.Settlement;
import dev.wrinklefree.monitor.watch.WatchConfig;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.hibernate.jpa.AvailableHints;

/**
 * The ledger in PostgreSQL; a run's row lock is what keeps two replicas from telling one change.
 */
@ApplicationScoped
class LedgerRepository implements Ledger {
  private final EntityManager entities;
  private final Outbox outbox;
  private final ChangePlanner planner;
  private final Clock clock;
  private final WatchConfig config;
  private final ToldEvents told = new ToldEvents();

  LedgerRepository(
      EntityManager entities,
      Outbox outbox,
      ChangePlanner planner,
      Clock clock,
      WatchConfig config) {
    this.entities = entities;
    this.outbox = outbox;
    this.planner = planner;
    this.clock = clock;
    this.config = config;
  }

  @Override
  @Transactional
  public List<RecordedJob> watched(Instant now) {
    return told.read(
        entities
            .createQuery(
                "from RunEntity r where r.watchUntil is null or r.watchUntil > :now"
                    + " or r.missedSince is not null or r.doubtedSince is not null order by r.runId",
                RunEntity.class)
            .setParameter("now", now)
            .setHint(AvailableHints.HINT_READ_ONLY, true)
            .getResultList());
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Settlement settle(RunId runId, Finding finding) {
    RunEntity run =
        requireNonNull(
            entities.find(RunEntity.class, runId.value(), LockModeType.PESSIMISTIC_WRITE),
            "a watched run has no row");
    return settle(run, finding, clock.instant());
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Map<RunId, Settlement> settleTogether(SortedMap<RunId, Finding> findings) {
    List<RunEntity> runs =
        entities
            .createQuery(
                "from RunEntity r where r.runId in :runs order by r.runId", RunEntity.class)
            .setParameter("runs", findings.keySet().stream().map(RunId::value).toList())
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    Instant now = clock.instant();
    Map<RunId, Settlement> settled = new LinkedHashMap<>();
    for (RunEntity run : runs) {
      RunId runId = new RunId(run.runId);
      settled.put(runId, settle(run, requireNonNull(findings.get(runId), "it was asked for"), now));
    }
    if (settled.size() < findings.size()) {
      throw new IllegalStateException("a watched run has no row");
    }
    return settled;
  }

  private Settlement settle(RunEntity run, Finding finding, Instant now) {
    RecordedJob recorded = RecordedJobs.read(run);
    Plan plan = planner.plan(recorded, finding);
    switch (plan) {
      case Plan.Tell tell -> {
        RecordedJobs.write(tell.next(), run);
        tell(run, tell, now);
        run.watchUntil = tell.next().hasEnded() ? now.plus(config.recheckEnded()) : null;
        if (recorded.toldState().isEmpty() || (recorded.hasEnded() && !tell.next().hasEnded())) {
          watchTraining(recorded.runId());
        }
      }
      case Plan.Remember remember -> RecordedJobs.write(remember.next(), run);
      case Plan.Unchanged ignored -> {}
      case Plan.Nothing ignored -> {}
    }
    return new Settlement(plan, now);
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void seenAgain(Collection<RunId> runIds, Instant readAt) {
    // One array, where a list would become as many parameters as there are runs.
    entities
        .createNativeQuery(
            "update run set seen_at = :at where run_id = any(:runs)"
                + " and missed_since is null and doubted_since is null"
                + " and (seen_at is null or seen_at < :at)")
        .setParameter("at", readAt)
        .setParameter("runs", runIds.stream().map(RunId::value).toArray(String[]::new))
        .executeUpdate();
  }

  /** A run that was thought to be over goes on: its launch had failed, or its end was no end. */
  private void watchTraining(RunId runId) {
    entities
        .createQuery("update TrainingEntity t set t.over = false where t.runId = :run and t.over")
        .setParameter("run", runId.value())
        .executeUpdate();
  }

  private void tell(RunEntity run, Plan.Tell tell, Instant now) {
    EventAttributes event =
        outbox.append(
            new OutboundEvent(
                tell.data().runId(),
                tell.data(),
                tell.time(),
                now,
                run.correlationId,
                run.causationId,
                run.traceParent));
    ChangeEntity change = new ChangeEntity();
    Long sequence = requireNonNull(event.sequence(), "the outbox gives every event a sequence");
    change.key = new ChangeEntity.Key(run.runId, sequence);
    change.data = requireNonNull(run.told, "written above");
    change.happenedAt = event.time();
    change.recordedAt = now;
    entities.persist(change);
  }
}
