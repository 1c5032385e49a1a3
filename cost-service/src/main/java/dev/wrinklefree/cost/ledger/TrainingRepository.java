package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.cost.database.Rows;
import dev.wrinklefree.cost.estimate.OwnRuns;
import dev.wrinklefree.cost.run.RunFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** How long our trainings took, in PostgreSQL. */
@ApplicationScoped
public class TrainingRepository implements OwnRuns {

  private static final int NEWEST = 20;

  private static final String FORGET = "DELETE FROM cost_training WHERE run_id = :runId";

  private static final String NOTE =
      """
      INSERT INTO cost_training (run_id, template, model, scale, machine_seconds, planned_steps, ended_at)
      VALUES (:runId, :template, :model, :scale, :seconds, :steps, :at)
      """;

  private static final String FIND =
      """
      SELECT machine_seconds, planned_steps FROM cost_training
      WHERE template = ? AND model = ? AND scale = ?
      ORDER BY ended_at DESC, run_id LIMIT ?
      """;

  private final EntityManager entities;

  /** Trainings in the database of {@code entities}. */
  public TrainingRepository(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Writes down how long a run took that has ended well; an end that was corrected is forgotten.
   * The account has been written before.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void note(RunAccount account, Instant now) {
    if (!account.cost().ended()) {
      return;
    }
    String runId = account.cost().runId().value();
    entities.createNativeQuery(FORGET).setParameter("runId", runId).executeUpdate();
    RunFacts facts = account.facts();
    long seconds = account.cost().machineSecondsUpTo(Instant.MAX);
    if (account.succeeded()
        && seconds > 0
        && !facts.resumed()
        && facts.template() != null
        && facts.model() != null
        && facts.scale() != null) {
      entities
          .createNativeQuery(NOTE)
          .setParameter("runId", runId)
          .setParameter("template", facts.template())
          .setParameter("model", facts.model())
          .setParameter("scale", facts.scale())
          .setParameter("seconds", seconds)
          .setParameter("steps", facts.plannedSteps())
          .setParameter("at", now)
          .executeUpdate();
    }
  }

  @Override
  @Transactional
  public List<OwnRun> newest(String template, String model, String scale) {
    return entities
        .unwrap(Session.class)
        .doReturningWork(
            connection ->
                Rows.of(connection, FIND, TrainingRepository::run, template, model, scale, NEWEST));
  }

  private static OwnRun run(ResultSet row) throws SQLException {
    return new OwnRun(row.getLong("machine_seconds"), row.getObject("planned_steps", Long.class));
  }
}
