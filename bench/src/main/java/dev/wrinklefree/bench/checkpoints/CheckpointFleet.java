package dev.wrinklefree.bench.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.Database;
import dev.wrinklefree.bench.bed.RunEvents;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Runs that checkpoint-service follows. They come to it as events, as in production. What it knew
 * of their older checkpoints is written into its database as it writes it itself: a million objects
 * would otherwise be told as events first, which is another suite's question. That the rows are
 * right is seen by a tick that finds nothing new.
 */
final class CheckpointFleet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Database database;
  private final RunEvents events;
  private final SyntheticBucket bucket;
  private int followed;
  private long seeded;

  CheckpointFleet(Bed bed, SyntheticBucket bucket) throws SQLException {
    this.database = new Database(bed, "checkpoint");
    this.events = new RunEvents(bed);
    this.bucket = bucket;
  }

  /** How many runs are followed. */
  int followed() {
    return followed;
  }

  /** Lets more runs be followed, with all checkpoints that the bucket has by now. */
  void growTo(int runs) throws SQLException, InterruptedException, TimeoutException {
    for (int run = followed; run < runs; run++) {
      launch(run);
    }
    events.flush();
    database.await("runs", PATIENCE, runs, "select count(*) from watched_run");
    for (int run = followed; run < runs; run++) {
      begin(run);
    }
    events.flush();
    database.await(
        "runs with an active job",
        PATIENCE,
        runs,
        "select count(*) from watched_run r join vigil v using (run_id)"
            + " where job_active and v.phase = 'RUNNING'");
    remember(followed, runs);
    followed = runs;
  }

  /**
   * Makes all runs due and begins the sweep that they wait for.
   *
   * @return the database's time
   */
  Instant begin() throws SQLException {
    long micros =
        database.number("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
    database.update("update watched_run set next_listing_at = clock_timestamp()");
    database.update(
        "update scheduled_tasks set execution_time = clock_timestamp()"
            + " where task_name = 'checkpoint-watch' and not picked");
    return Instant.EPOCH.plusNanos(micros * 1_000);
  }

  /** Waits until the listings of all runs that were begun since then are recorded. */
  void awaitRecorded(Instant since) throws SQLException, InterruptedException, TimeoutException {
    database.await(
        "runs not yet listed",
        PATIENCE,
        0,
        "select count(*) from watched_run where last_listed_at is null or last_listed_at < ?::timestamptz",
        since.toString());
  }

  /** Checkpoints that were told, ever. */
  long told() throws SQLException {
    return database.number("select count(*) from checkpoint") - seeded;
  }

  private void launch(int run) {
    RunId runId = SyntheticBucket.runId(run);
    Instant now = Instant.now();
    events.send("launch-service", runId, 1, accepted(runId, run, now), now);
    events.send(
        "launch-service", runId, 2, new LaunchSubmitted(runId, run + 1L, null, false, now), now);
  }

  private void begin(int run) {
    RunId runId = SyntheticBucket.runId(run);
    Instant now = Instant.now();
    events.send("monitor-service", runId, 1, running(runId, run, now), now);
  }

  private void remember(int from, int to) throws SQLException {
    List<String> names = new ArrayList<>();
    List<Long> generations = new ArrayList<>();
    List<String> slots = new ArrayList<>();
    List<String> data = new ArrayList<>();
    for (int i = 0; i < bucket.checkpoints(); i++) {
      CheckpointWritten checkpoint = bucket.checkpoint(0, i);
      slots.add(SyntheticBucket.directory(0, i));
      data.add(json(checkpoint));
      checkpoint
          .objects()
          .forEach(
              object -> {
                names.add(object.name());
                generations.add(object.generation());
              });
    }
    String first = SyntheticBucket.runId(0).value();
    String last = SyntheticBucket.runId(to - 1).value();
    String begin = SyntheticBucket.runId(from).value();
    database.update(
        """
        insert into seen_object (run_id, name, generation, seen_since)
        select run_id, replace(name, ?, run_id), generation, registered_at
        from watched_run, unnest(?, ?) as o (name, generation) where run_id between ? and ?
        order by run_id, name
        """,
        first,
        names.toArray(String[]::new),
        generations.toArray(Long[]::new),
        begin,
        last);
    seeded +=
        database.update(
            """
            insert into checkpoint (run_id, slot, revision, written_at, data)
            select run_id, replace(slot, ?, run_id), 1, (data::jsonb ->> 'writtenAt')::timestamptz,
              replace(data, ?, run_id)::jsonb
            from watched_run, unnest(?, ?) as c (slot, data) where run_id between ? and ?
            order by run_id, slot
            """,
            first,
            first,
            slots.toArray(String[]::new),
            data.toArray(String[]::new),
            begin,
            last);
    database.update("analyze");
  }

  private static String json(CheckpointWritten checkpoint) {
    try {
      return ContractJson.mapper().writeValueAsString(checkpoint);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("contract records always have a JSON form", e);
    }
  }

  private static LaunchAccepted accepted(RunId runId, int run, Instant now) {
    return new LaunchAccepted(
        runId,
        "wf-fairy2-train",
        "fairy2_train",
        "smollm2_135m",
        "w2",
        "small",
        new Accelerators("H100", 1),
        List.of(new CloudCandidate("nebius", null)),
        false,
        List.of(),
        SyntheticBucket.NAME,
        SyntheticBucket.prefix(run),
        new WandbRun(null, "wrinklefree-fairy2", runId.value()),
        null,
        Map.of(),
        null,
        now,
        Map.of(),
        null,
        SyntheticBucket.LAYOUT,
        null,
        null);
  }

  private static JobStateChanged running(RunId runId, int run, Instant now) {
    return new JobStateChanged(
        runId,
        run + 1L,
        JobState.RUNNING,
        JobState.STARTING,
        null,
        null,
        1,
        0,
        new Placement(
            "nebius",
            "eu-north1",
            null,
            "gpu-h100-sxm_1gpu-16vcpu-200gb",
            new Accelerators("H100", 1),
            false,
            1),
        now,
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
