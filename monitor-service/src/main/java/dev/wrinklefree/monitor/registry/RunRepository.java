package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs in the database: what launch-state says of them, and what readers ask. */
@ApplicationScoped
public class RunRepository {
  private final EntityManager entities;
  private final SeenTogetherRepository seenTogether;
  private final Clock clock;

  RunRepository(EntityManager entities, SeenTogetherRepository seenTogether, Clock clock) {
    this.entities = entities;
    this.seenTogether = seenTogether;
    this.clock = clock;
  }

  /** The run was accepted: watch for its job, and for its figures as the launch names them. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void accepted(EventAttributes event, LaunchAccepted accepted) {
    RunEntity run = lockedOrNew(event);
    run.name = accepted.name();
    TrainingRecords.accept(accepted, training(run.runId));
  }

  /** The run has a SkyPilot job, which is the one to follow from now on. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void submitted(EventAttributes event, long jobId) {
    RunEntity run = lockedOrNew(event);
    if (run.jobId == null || run.jobId != jobId) {
      run.watchUntil = null;
    }
    RecordedJobs.write(RecordedJobs.read(run).following(jobId), run);
  }

  /**
   * No job came of the run, as launch-service knows. One that shows in the queue all the same until
   * then is still the run's, and is followed.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void failed(EventAttributes event, Instant watchUntil) {
    RunEntity run = lockedOrNew(event);
    if (run.jobId == null) {
      run.watchUntil = watchUntil;
    }
  }

  /** The run, if it is known. */
  @Transactional
  public Optional<KnownRun> find(RunId runId) {
    return Optional.ofNullable(entities.find(RunEntity.class, runId.value()))
        .map(run -> known(run, seenTogether.readAt()));
  }

  /**
   * The newest runs that have a job.
   *
   * @param limit at most so many
   * @param state only those in that state; null for all
   */
  @Transactional
  public List<KnownRun> newest(int limit, @Nullable JobState state) {
    TypedQuery<RunEntity> query =
        state == null
            ? entities.createQuery(
                "from RunEntity r where r.jobId is not null order by r.knownAt desc, r.runId",
                RunEntity.class)
            : entities
                .createQuery(
                    "from RunEntity r where r.state = :state order by r.knownAt desc, r.runId",
                    RunEntity.class)
                .setParameter("state", state.name());
    Instant seenTogetherAt = seenTogether.readAt();
    return query
        .setMaxResults(limit)
        .getResultStream()
        .map(run -> known(run, seenTogetherAt))
        .toList();
  }

  /** All that was told of the run, oldest first. */
  @Transactional
  public List<RecordedChange> history(RunId runId) {
    return entities
        .createQuery(
            "from ChangeEntity c where c.key.runId = :run order by c.key.sequence",
            ChangeEntity.class)
        .setParameter("run", runId.value())
        .getResultStream()
        .map(c -> new RecordedChange(RecordedJobs.data(c.data), c.happenedAt, c.recordedAt))
        .toList();
  }

  private RunEntity lockedOrNew(EventAttributes event) {
    String runId = event.runId().value();
    RunEntity run = entities.find(RunEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
    if (run == null) {
      run = new RunEntity();
      run.runId = runId;
      run.name = runId;
      run.knownAt = clock.instant();
      entities.persist(run);
    }
    training(runId);
    if (run.correlationId == null || event.correlationId() != null) {
      run.correlationId = event.correlationOrOwnId();
    }
    run.causationId = event.id();
    run.traceParent = event.traceParent();
    return run;
  }

  private static KnownRun known(RunEntity entity, Instant seenTogetherAt) {
    return new KnownRun(
        entity.name, launchFailed(entity), RecordedJobs.read(entity).seenTogether(seenTogetherAt));
  }

  static boolean launchFailed(RunEntity entity) {
    return entity.jobId == null && entity.watchUntil != null;
  }

  /** Locked after its run, and never before it. A replica of an older release makes only runs. */
  private TrainingEntity training(String runId) {
    TrainingEntity training =
        entities.find(TrainingEntity.class, runId, LockModeType.PESSIMISTIC_WRITE);
    if (training == null) {
      training = new TrainingEntity();
      training.runId = runId;
      entities.persist(training);
    }
    return training;
  }
}
