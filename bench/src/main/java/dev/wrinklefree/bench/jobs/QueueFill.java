package dev.wrinklefree.bench.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A job queue as a team has it after months: most jobs are over, a fifth runs. The newest jobs are
 * those that run.
 *
 * @param jobs in the whole table
 * @param running of them
 * @param at when the newest job was submitted
 */
public record QueueFill(int jobs, int running, Instant at) {

  /** The share of jobs that run. */
  public static final int JOBS_PER_RUNNING = 5;

  /** The state of all running jobs, which change together. */
  public enum Phase {
    /** All of them run. */
    RUNNING,
    /** All of them have lost their machines. */
    RECOVERING
  }

  private static final Duration BETWEEN_SUBMITS = Duration.ofSeconds(30);
  private static final Duration UNTIL_STARTED = Duration.ofMinutes(4);
  private static final Duration LASTING = Duration.ofHours(2);
  private static final double MILLIS = 1_000.0;
  private static final String USER = "wrinklefree";

  /** A queue of that many jobs. */
  public static QueueFill of(int jobs, Instant at) {
    return new QueueFill(jobs, jobs / JOBS_PER_RUNNING, at);
  }

  /** The runs that have a job that is not over, by job id. */
  public List<RunId> runs() {
    return IntStream.rangeClosed(jobs - running + 1, jobs).mapToObj(QueueFill::run).toList();
  }

  /** SkyPilot's number of the run that is at that place of {@link #runs}. */
  long jobId(int index) {
    return jobs - running + 1L + index;
  }

  /**
   * All rows, as {@code sandbox.skypilot.queue.QueueRows} reads them.
   *
   * @param recoveries how often the running jobs have recovered
   */
  public Stream<ObjectNode> rows(Phase phase, int recoveries) {
    return IntStream.rangeClosed(1, jobs).mapToObj(id -> row(id, phase, recoveries));
  }

  private ObjectNode row(int id, Phase phase, int recoveries) {
    boolean over = id <= jobs - running;
    Instant submitted = at.minus(BETWEEN_SUBMITS.multipliedBy(jobs - (long) id));
    Instant started = submitted.plus(UNTIL_STARTED);
    String run = run(id).value();
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("job_id", id)
            .put("job_name", run)
            .put("task_name", run)
            .put("user_hash", USER)
            .put("user_name", USER)
            .put("resources", "1x[A100:8][Spot]")
            .put("status", over ? "SUCCEEDED" : phase.name())
            .put("submitted_at", seconds(submitted))
            .put("start_at", seconds(started))
            .put("end_at", over ? seconds(started.plus(LASTING)) : null)
            .put("last_recovered_at", recovered(over ? 0 : recoveries))
            .put("recovery_count", over ? 0 : recoveries)
            .put("job_duration", over ? (double) LASTING.toSeconds() : 0)
            .put("priority", 0)
            .putNull("failure_reason");
    row.putObject("metadata").put("wrinklefree_run_id", run);
    return row;
  }

  /** Something that changes with every recovery; -1 is SkyPilot's word for none. */
  private double recovered(int recoveries) {
    return recoveries == 0 ? -1 : seconds(at.plusSeconds(recoveries));
  }

  private static RunId run(int id) {
    return new RunId("fairy2-smollm2-135m-w2-20261123-%08x".formatted(id));
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / MILLIS;
  }
}
