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
import dev.wrinklefree.monitor.watch.Watched;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
  private final SeenTogetherRepository seenTogether;
  private final Outbox outbox;
  private final ChangePlanner planner;
  private final Clock clock;
  private final WatchConfig config;
  private final KnownRows known = new KnownRows();

  LedgerRepository(
      EntityManager entities,
      SeenTogetherRepository seenTogether,
      Outbox outbox,
      ChangePlanner planner,
      Clock clock,
      WatchConfig config) {
    this.entities = entities;
    this.seenTogether = seenTogether;
    this.outbox = outbox;
    this.planner = planner;
    this.clock = clock;
    this.config = config;
  }

  @Override
  public Watched watched(Instant now) {
    SeenTogetherRepository.Versions versions = seenTogether.versions(now);
    return new Watched(known.read(versions.lines(), this::load), versions.seenTogetherAt());
  }

  private List<RunEntity> load(List<String> runIds) {
    return QuarkusTransaction.joiningExisting().call(() -> rows(runIds));
  }

  private List<RunEntity> rows(List<String> runIds) {
    return entities
        .createNativeQuery("select * from run where run_id = any(:runs)", RunEntity.class)
        .setParameter("runs", runIds.toArray(String[]::new))
        .setHint(AvailableHints.HINT_READ_ONLY, true)
        .getResultList();
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Settlement settle(RunId runId, Finding finding) {
    Instant seenTogetherAt = seenTogether.heldReadAt();
    RunEntity run =
        requireNonNull(
            entities.find(RunEntity.class, runId.value(), LockModeType.PESSIMISTIC_WRITE),
            "a watched run has no row");
    List<Telling> tellings = new ArrayList<>();
    Instant now = clock.instant();
    Settlement settled = settle(run, finding, seenTogetherAt, now, tellings);
    tell(tellings, now);
    return settled;
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public Map<RunId, Settlement> settleTogether(SortedMap<RunId, Finding> findings) {
    Instant seenTogetherAt = seenTogether.heldReadAt();
    List<RunEntity> runs =
        entities
            .createQuery(
                "from RunEntity r where r.runId in :runs order by r.runId", RunEntity.class)
            .setParameter("runs", findings.keySet().stream().map(RunId::value).toList())
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    Instant now = clock.instant();
    Map<RunId, Settlement> settled = new LinkedHashMap<>();
    List<Telling> tellings = new ArrayList<>();
    for (RunEntity run : runs) {
      RunId runId = new RunId(run.runId);
      Finding finding = requireNonNull(findings.get(runId), "it was asked for");
      settled.put(runId, settle(run, finding, seenTogetherAt, now, tellings));
    }
    if (settled.size() < findings.size()) {
      throw new IllegalStateException("a watched run has no row");
    }
    tell(tellings, now);
    return settled;
  }

  private Settlement settle(
      RunEntity run, Finding finding, Instant seenTogetherAt, Instant now, List<Telling> tellings) {
    if (finding.readAt().isBefore(seenTogetherAt)) {
      return new Settlement(new Plan.Nothing(), now);
    }
    RecordedJob recorded = RecordedJobs.read(run).seenTogether(seenTogetherAt);
    Plan plan = planner.plan(recorded, finding);
    switch (plan) {
      case Plan.Tell tell -> {
        RecordedJobs.write(tell.next(), run);
        tellings.add(new Telling(run, tell));
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

  @Override
  public void seenTogether(Instant readAt) {
    seenTogether.moveTo(readAt);
  }

  /** A run that was thought to be over goes on: its launch had failed, or its end was no end. */
  private void watchTraining(RunId runId) {
    entities
        .createQuery("update TrainingEntity t set t.over = false where t.runId = :run and t.over")
        .setParameter("run", runId.value())
        .executeUpdate();
  }

  /** A change that is written to the run's row, and not told yet. */
  private record Telling(RunEntity run, Plan.Tell tell) {

    OutboundEvent event(Instant now) {
      return new OutboundEvent(
          tell.data().runId(),
          tell.data(),
          tell.time(),
          now,
          run.correlationId,
          run.causationId,
          run.traceParent);
    }
  }

  private void tell(List<Telling> tellings, Instant now) {
    List<EventAttributes> events =
        outbox.appendAll(tellings.stream().map(telling -> telling.event(now)).toList());
    for (int i = 0; i < events.size(); i++) {
      RunEntity run = tellings.get(i).run();
      EventAttributes event = events.get(i);
      ChangeEntity change = new ChangeEntity();
      Long sequence = requireNonNull(event.sequence(), "the outbox gives every event a sequence");
      change.key = new ChangeEntity.Key(run.runId, sequence);
      change.data = requireNonNull(run.told, "written above");
      change.happenedAt = event.time();
      change.recordedAt = now;
      entities.persist(change);
    }
  }
}
