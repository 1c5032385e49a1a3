package dev.wrinklefree.cost.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.database.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Alerts in PostgreSQL. */
@ApplicationScoped
public class AlertRepository {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private static final String OPEN =
      "SELECT run_id, code FROM cost_alert WHERE run_id = ANY (?) AND cleared_at IS NULL ORDER BY id";

  private static final String RAISE =
      """
      INSERT INTO cost_alert (run_id, code, severity, message, suggestion, evidence, raised_at)
      VALUES (:runId, :code, :severity, :message, :suggestion, :evidence, :at)
      """;

  private static final String CLEAR =
      """
      UPDATE cost_alert SET cleared_at = :at
      WHERE run_id = :runId AND code = :code AND cleared_at IS NULL
      """;

  private static final String NEWEST =
      """
      SELECT run_id, code, severity, message, suggestion, evidence, raised_at, cleared_at FROM cost_alert
      WHERE (CAST(? AS text) IS NULL OR run_id = ?)
        AND (CAST(? AS boolean) IS NULL OR (cleared_at IS NULL) = CAST(? AS boolean))
      ORDER BY raised_at DESC, id DESC
      LIMIT ?
      """;

  private final EntityManager entities;
  private final MeterRegistry metrics;

  /** Alerts in the database of {@code entities}, counted in {@code metrics}. */
  public AlertRepository(EntityManager entities, MeterRegistry metrics) {
    this.entities = entities;
    this.metrics = metrics;
  }

  /** What is raised for runs, in the order in which it was. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Map<RunId, List<AlertCode>> open(Collection<RunId> runs) {
    Map<RunId, List<AlertCode>> open = new HashMap<>();
    query(
            OPEN,
            row -> Map.entry(new RunId(row.getString("run_id")), row.getString("code")),
            (Object) runs.stream().map(RunId::value).toArray(String[]::new))
        .forEach(
            raised ->
                code(raised.getValue())
                    .ifPresent(
                        code ->
                            open.computeIfAbsent(raised.getKey(), run -> new ArrayList<>())
                                .add(code)));
    return open;
  }

  /** Writes down that it was raised or cleared. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void keep(RunAlerted alert, Instant at) {
    switch (alert.status()) {
      case RAISED -> {
        metrics.counter("wf.cost.alerts.raised", "code", alert.code()).increment();
        entities
            .createNativeQuery(RAISE)
            .setParameter("runId", alert.runId().value())
            .setParameter("code", alert.code())
            .setParameter("severity", alert.severity().word())
            .setParameter("message", alert.message())
            .setParameter("suggestion", alert.suggestion())
            .setParameter("evidence", write(alert.evidence()))
            .setParameter("at", at)
            .executeUpdate();
      }
      case CLEARED ->
          entities
              .createNativeQuery(CLEAR)
              .setParameter("runId", alert.runId().value())
              .setParameter("code", alert.code())
              .setParameter("at", at)
              .executeUpdate();
    }
  }

  /**
   * The newest alerts, newest first.
   *
   * @param runId of one run; absent for all
   * @param open {@code true}: only those that are raised; {@code false}: only those that are over;
   *     absent: both
   */
  @Transactional
  public List<AlertView> newest(@Nullable RunId runId, @Nullable Boolean open, int limit) {
    String run = runId == null ? null : runId.value();
    return query(NEWEST, AlertRepository::view, run, run, open, open, limit);
  }

  private <T> List<T> query(String sql, Rows.Reader<T> reader, @Nullable Object... parameters) {
    return entities
        .unwrap(Session.class)
        .doReturningWork(connection -> Rows.of(connection, sql, reader, parameters));
  }

  private static AlertView view(ResultSet row) throws SQLException {
    Instant clearedAt = Rows.instantOrNull(row, "cleared_at");
    return new AlertView(
        row.getString("run_id"),
        row.getString("code"),
        clearedAt == null ? Status.RAISED : Status.CLEARED,
        row.getString("severity"),
        row.getString("message"),
        row.getString("suggestion"),
        read(row.getString("evidence")),
        Rows.instant(row, "raised_at"),
        clearedAt);
  }

  private static Optional<AlertCode> code(String word) {
    return Arrays.stream(AlertCode.values()).filter(code -> code.word().equals(word)).findFirst();
  }

  private static String write(Map<String, String> evidence) {
    try {
      return MAPPER.writeValueAsString(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always written", e);
    }
  }

  private static Map<String, String> read(String evidence) {
    try {
      return MAPPER.readValue(evidence, STRINGS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the evidence of an alert is no JSON object", e);
    }
  }
}
