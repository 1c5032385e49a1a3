package dev.wrinklefree.bench.costs;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Database;
import dev.wrinklefree.bench.bed.RunEvents;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose cost is told. Those that run come to cost-service as events, as in production. Those
 * that have ended are copied within its database from one that went the whole way as events: a
 * hundred thousand of them would take an hour of events, and are the same rows in the end.
 */
final class CostFleet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration TICK_PATIENCE = Duration.ofMinutes(5);
  private static final Accelerators GPUS = new Accelerators("L40S", 1);
  private static final RunId MODEL = new RunId("bench-finished");
  private static final int STATES = 4;
  private static final int STATE_BYTES = 350;

  private final Database database;
  private final RunEvents events;
  private int running;
  private int finished;

  CostFleet(Bed bed) throws SQLException {
    this.database = new Database(bed, "cost");
    this.events = new RunEvents(bed);
  }

  static RunId runId(int run) {
    return new RunId(String.format(Locale.ROOT, "bench-%05d", run));
  }

  /** How many runs hold machines. */
  int running() {
    return running;
  }

  /** Lets more runs hold machines. */
  void runUpTo(int runs) throws SQLException, InterruptedException, TimeoutException {
    for (int run = running; run < runs; run++) {
      start(runId(run));
    }
    events.flush();
    database.await(
        "runs with machines", PATIENCE, runs, "select count(*) from cost_run where accruing");
    awaitTold();
    running = runs;
  }

  /** Lets more runs have ended: machines twice, four words of the job. */
  void endUpTo(int runs) throws SQLException, InterruptedException, TimeoutException {
    if (finished == 0) {
      finishModel();
    }
    for (String table :
        List.of(
            "cost_run", "cost_observation", "cost_interval", "cost_training", "outbox_stream")) {
      copy(table, finished + 1, runs);
    }
    database.update("analyze");
    finished = runs;
  }

  /**
   * Says that a run's machines went away or came again.
   *
   * @param sequence of the job's states, from 2
   * @param lost whether they went away
   */
  void change(int run, long sequence, boolean lost) {
    events.send(
        "monitor-service",
        runId(run),
        sequence,
        state(
            runId(run),
            lost ? JobState.RECOVERING : JobState.RUNNING,
            lost ? JobState.RUNNING : JobState.RECOVERING,
            (int) ((sequence + 1) / 2)),
        Instant.now());
    events.flush();
  }

  /** Sends as much as a change is to another topic. */
  void copy(String topic, int run) {
    events.sendPlain(topic, runId(run), new byte[STATE_BYTES]);
    events.flush();
  }

  /** Begins a tick and waits until it has ended and the broker has its events. */
  void tick() throws SQLException, InterruptedException, TimeoutException {
    long before = ticks();
    database.update(
        "update scheduled_tasks set execution_time = clock_timestamp()"
            + " where task_name = 'cost-tick' and not picked");
    database.await(
        "tick",
        TICK_PATIENCE,
        1,
        "select count(*) from scheduled_tasks where task_name = 'cost-tick' and not picked"
            + " and (extract(epoch from last_success) * 1000000)::bigint > ?",
        before);
    awaitTold();
  }

  private void awaitTold() throws SQLException, InterruptedException, TimeoutException {
    database.await("events in the outbox", PATIENCE, 0, "select count(*) from outbox_event");
  }

  private long ticks() throws SQLException {
    return database.number(
        "select coalesce(max((extract(epoch from last_success) * 1000000)::bigint), 0)"
            + " from scheduled_tasks where task_name = 'cost-tick'");
  }

  private void finishModel() throws SQLException, InterruptedException, TimeoutException {
    start(MODEL);
    Instant now = Instant.now();
    List<JobState> states = List.of(JobState.RECOVERING, JobState.RUNNING, JobState.SUCCEEDED);
    for (int i = 0; i < states.size(); i++) {
      events.send(
          "monitor-service",
          MODEL,
          i + 2L,
          state(MODEL, states.get(i), null, i == 0 ? 1 : 2),
          now.plusSeconds(i));
    }
    events.flush();
    database.await(
        "words of the finished run",
        PATIENCE,
        STATES,
        "select count(*) from cost_observation where run_id = ?",
        MODEL.value());
    awaitTold();
  }

  private void copy(String table, int from, int to) throws SQLException {
    database.update(
        """
        insert into %s
        select (jsonb_populate_record(t, jsonb_build_object('run_id', t.run_id || '-' || n))).*
        from %s t, generate_series(?, ?) n where t.run_id = ?
        order by n
        """
            .formatted(table, table),
        from,
        to,
        MODEL.value());
  }

  private void start(RunId runId) {
    Instant now = Instant.now();
    events.send("launch-service", runId, 1, accepted(runId, now), now);
    events.send(
        "monitor-service", runId, 1, state(runId, JobState.RUNNING, JobState.STARTING, 1), now);
  }

  private static LaunchAccepted accepted(RunId runId, Instant now) {
    return new LaunchAccepted(
        runId,
        "wf-fairy2-train",
        "fairy2_train",
        "smollm2_135m",
        "w2",
        "small",
        GPUS,
        List.of(new CloudCandidate("nebius", null)),
        false,
        List.of(),
        "wrinklefree-checkpoints",
        "fairy2/smollm2_135m/" + runId + "/",
        new WandbRun(null, "wrinklefree-fairy2", runId.value()),
        null,
        Map.of(),
        null,
        now,
        Map.of(),
        null,
        null,
        null,
        null);
  }

  private static JobStateChanged state(
      RunId runId, JobState state, @Nullable JobState previous, int attempt) {
    return new JobStateChanged(
        runId,
        1L,
        state,
        previous,
        null,
        null,
        attempt,
        attempt - 1,
        state.holdsMachines()
            ? new Placement("nebius", "eu-north1", null, "gpu-l40s", GPUS, false, 1)
            : null,
        null,
        null,
        null);
  }

  @Override
  public void close() throws SQLException {
    try (events) {
      database.close();
    }
  }
}
