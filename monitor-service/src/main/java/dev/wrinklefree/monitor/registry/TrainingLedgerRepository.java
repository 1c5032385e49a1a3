package dev.wrinklefree.monitor.registry;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.training.TrainingLedger;
import dev.wrinklefree.monitor.training.TrainingPlan;
import dev.wrinklefree.monitor.training.TrainingPlanner;
import dev.wrinklefree.monitor.training.TrainingRecord;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger of training in PostgreSQL; the lock on a run's row of it keeps replicas apart. */
@ApplicationScoped
class TrainingLedgerRepository implements TrainingLedger {
  private final EntityManager entities;
  private final Outbox outbox;
  private final TrainingPlanner planner;
  private final Clock clock;

  TrainingLedgerRepository(
      EntityManager entities, Outbox outbox, TrainingPlanner planner, Clock clock) {
    this.entities = entities;
    this.outbox = outbox;
    this.planner = planner;
    this.clock = clock;
  }

  @Override
  @Transactional
  public List<TrainingRecord> watched() {
    Map<String, List<AlertEntity>> open =
        entities
            .createQuery("from AlertEntity a where a.clearedAt is null", AlertEntity.class)
            .getResultStream()
            .collect(Collectors.groupingBy(alert -> alert.key.runId()));
    return entities
        .createQuery(
            "select r, t from RunEntity r join TrainingEntity t on t.runId = r.runId"
                + " where not t.over order by r.runId",
            Object[].class)
        .getResultStream()
        .map(row -> record((RunEntity) row[0], (TrainingEntity) row[1], open))
        .toList();
  }

  private static TrainingRecord record(
      RunEntity run, TrainingEntity training, Map<String, List<AlertEntity>> open) {
    return TrainingRecords.read(run, training, open.getOrDefault(run.runId, List.of()));
  }

  @Override
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public TrainingPlan settle(RunId runId, Look look) {
    TrainingEntity training =
        requireNonNull(
            entities.find(TrainingEntity.class, runId.value(), LockModeType.PESSIMISTIC_WRITE),
            "a watched run has a row");
    RunEntity run = requireNonNull(entities.find(RunEntity.class, runId.value()), "so has the run");
    List<AlertEntity> open =
        entities
            .createQuery(
                "from AlertEntity a where a.key.runId = :run and a.clearedAt is null",
                AlertEntity.class)
            .setParameter("run", runId.value())
            .getResultList();
    Instant now = clock.instant();
    TrainingPlan plan = planner.plan(TrainingRecords.read(run, training, open), look, now);
    training.course = StoredJson.write(plan.course());
    training.over = plan.over();
    EventAttributes told = plan.figures() == null ? null : tell(run, training, plan.figures(), now);
    for (RunAlerted alert : plan.alerts()) {
      append(run, alert, now, now, told);
      switch (alert.status()) {
        case RAISED -> raise(alert, now);
        case CLEARED ->
            open.stream()
                .filter(row -> row.key.code().equals(alert.code()))
                .forEach(row -> row.clearedAt = now);
      }
    }
    return plan;
  }

  private EventAttributes tell(
      RunEntity run, TrainingEntity training, ToldFigures figures, Instant now) {
    training.told = StoredJson.write(figures.data());
    training.toldAt = figures.time();
    training.seenAt = now;
    return append(run, figures.data(), figures.time(), now, null);
  }

  private void raise(RunAlerted alert, Instant now) {
    AlertEntity row = new AlertEntity();
    row.key = new AlertEntity.Key(alert.runId().value(), alert.code(), now);
    row.data = StoredJson.write(alert);
    entities.persist(row);
  }

  /** An alert is caused by the figures told with it, if any were. */
  private EventAttributes append(
      RunEntity run, EventData data, Instant time, Instant now, @Nullable EventAttributes cause) {
    return outbox.append(
        new OutboundEvent(
            new RunId(run.runId),
            data,
            time,
            now,
            run.correlationId,
            cause == null ? run.causationId : cause.id(),
            run.traceParent));
  }
}
