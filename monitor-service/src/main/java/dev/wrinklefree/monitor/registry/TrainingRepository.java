package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What readers ask of the runs' training and alerts. */
@ApplicationScoped
public class TrainingRepository {
  private static final String PROGRESS =
      "select t.told, r.name, t.wandbProject, t.seenAt"
          + " from TrainingEntity t join RunEntity r on r.runId = t.runId where t.told is not null";

  private final EntityManager entities;

  TrainingRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** The run's figures, if any were told. */
  @Transactional
  public Optional<RecordedProgress> progress(RunId runId) {
    return entities
        .createQuery(PROGRESS + " and t.runId = :run", Row.class)
        .setParameter("run", runId.value())
        .getResultStream()
        .map(Row::read)
        .findFirst();
  }

  /**
   * The figures that were told last, newest first.
   *
   * @param limit at most so many
   * @param project only that W&amp;B project's; null for all
   */
  @Transactional
  public List<RecordedProgress> newestProgress(int limit, @Nullable String project) {
    return entities
        .createQuery(
            PROGRESS
                + " and (:project is null or t.wandbProject = :project)"
                + " order by t.seenAt desc, t.runId",
            Row.class)
        .setParameter("project", project)
        .setMaxResults(limit)
        .getResultStream()
        .map(Row::read)
        .toList();
  }

  /**
   * Alerts, newest first.
   *
   * @param limit at most so many
   * @param runId only that run's; null for all
   * @param open only those that are open, or only those that are not; null for both
   */
  @Transactional
  public List<RecordedAlert> newestAlerts(
      int limit, @Nullable RunId runId, @Nullable Boolean open) {
    return entities
        .createQuery(
            "from AlertEntity a where (:run is null or a.key.runId = :run)"
                + " and (:open is null or (a.clearedAt is null and :open = true)"
                + " or (a.clearedAt is not null and :open = false))"
                + " order by a.key.raisedAt desc, a.key.runId, a.key.code",
            AlertEntity.class)
        .setParameter("run", runId == null ? null : runId.value())
        .setParameter("open", open)
        .setMaxResults(limit)
        .getResultStream()
        .map(
            a ->
                new RecordedAlert(
                    StoredJson.read(a.data, RunAlerted.class), a.key.raisedAt(), a.clearedAt))
        .toList();
  }

  /** A row of {@link #PROGRESS}. */
  record Row(String told, String name, @Nullable String project, Instant seenAt) {

    RecordedProgress read() {
      return new RecordedProgress(
          StoredJson.read(told, TrainingProgressed.class), name, project, seenAt);
    }
  }
}
