package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.cost.database.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what a tick needs of runs that hold machines, in two statements for many runs. By JDBC:
 * what Hibernate does for entities that may be changed was half of a tick.
 */
final class AccruingRows {

  private static final String RUNS =
      """
      SELECT run_id, correlation_id, ended, checkpoints, steps, tokens, budget_amount,
        budget_currency, budget_action, cancel_requested, quote, pace, save_interval_seconds,
        save_seconds, save_source
      FROM cost_run WHERE accruing AND run_id > ? ORDER BY run_id LIMIT ? FOR NO KEY UPDATE
      """;

  private static final String INTERVALS =
      """
      SELECT run_id, started, ended, cloud, region, instance_type, accelerator, accelerator_count,
        spot, nodes, per_hour, currency, price_source, price_date, minimum_seconds, saved_at
      FROM cost_interval WHERE run_id = ANY (?) ORDER BY run_id, position
      """;

  private AccruingRows() {}

  /** Locks runs in the order of their ids and reads them. */
  static List<Tellable> lock(Connection connection, String after, int most) throws SQLException {
    Map<String, RunEntity> runs = new LinkedHashMap<>();
    Rows.of(connection, RUNS, AccruingRows::run, after, most)
        .forEach(run -> runs.put(run.runId, run));
    Rows.of(
        connection,
        INTERVALS,
        row ->
            Objects.requireNonNull(runs.get(row.getString("run_id"))).intervals.add(interval(row)),
        (Object) runs.keySet().toArray(String[]::new));
    return runs.values().stream().map(RunEntity::tellable).toList();
  }

  private static RunEntity run(ResultSet row) throws SQLException {
    RunEntity run = new RunEntity();
    run.runId = row.getString("run_id");
    run.correlationId = row.getString("correlation_id");
    run.ended = row.getBoolean("ended");
    run.checkpoints = row.getInt("checkpoints");
    run.steps = row.getObject("steps", Long.class);
    run.tokens = row.getObject("tokens", Long.class);
    run.budgetAmount = row.getBigDecimal("budget_amount");
    run.budgetCurrency = row.getString("budget_currency");
    String action = row.getString("budget_action");
    run.budgetAction = action == null ? null : Budget.Action.valueOf(action);
    run.cancelRequested = row.getBoolean("cancel_requested");
    run.quote = row.getString("quote");
    run.pace = row.getString("pace");
    run.saveIntervalSeconds = row.getObject("save_interval_seconds", Long.class);
    run.saveSeconds = row.getObject("save_seconds", Long.class);
    run.saveSource = row.getString("save_source");
    return run;
  }

  private static IntervalEntity interval(ResultSet row) throws SQLException {
    IntervalEntity interval = new IntervalEntity();
    interval.started = Rows.instant(row, "started");
    interval.ended = Rows.instantOrNull(row, "ended");
    interval.machines = machines(row);
    interval.perHour = row.getBigDecimal("per_hour");
    interval.currency = row.getString("currency");
    interval.priceSource = row.getString("price_source");
    interval.priceDate = row.getObject("price_date", LocalDate.class);
    interval.minimumSeconds = row.getInt("minimum_seconds");
    interval.savedAt = Rows.instantOrNull(row, "saved_at");
    return interval;
  }

  private static MachinesEntity machines(ResultSet row) throws SQLException {
    MachinesEntity machines = new MachinesEntity();
    machines.cloud = row.getString("cloud");
    machines.region = row.getString("region");
    machines.instanceType = row.getString("instance_type");
    machines.accelerator = row.getString("accelerator");
    machines.acceleratorCount = row.getObject("accelerator_count", Integer.class);
    machines.spot = row.getObject("spot", Boolean.class);
    machines.nodes = row.getObject("nodes", Integer.class);
    return machines;
  }
}
