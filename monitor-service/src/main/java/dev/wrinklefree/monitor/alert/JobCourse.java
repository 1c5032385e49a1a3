package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.monitor.progress.Recent;
import dev.wrinklefree.monitor.state.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run's job has gone, as told on job-state. What is told between two looks is seen by its
 * traces: the count of recoveries and the attempt.
 *
 * @param state as last told; absent before the first
 * @param attempt 1 for the first machines; 0 before the first event
 * @param recoveries as last told
 * @param waitingSince since when it waits for machines; absent while it does not
 * @param runningSince since when it runs on the present machines; absent while it does not
 * @param recoveredAt when machines were replaced or lost, the latest of them; those from before the
 *     first look happened at times that nobody knows
 */
public record JobCourse(
    @Nullable JobState state,
    int attempt,
    int recoveries,
    @Nullable Instant waitingSince,
    @Nullable Instant runningSince,
    List<Instant> recoveredAt) {

  /** Of a run without a job. */
  public static final JobCourse NONE = new JobCourse(null, 0, 0, null, null, List.of());

  /** Recoveries remembered: more than any alert counts. */
  static final int REMEMBERED = 50;

  /** Copies the list. */
  public JobCourse {
    recoveredAt = recoveredAt == null ? List.of() : List.copyOf(recoveredAt);
  }

  /**
   * As it is when that was told last.
   *
   * @param told absent before there is a job
   * @param knownAt when the run was first heard of
   */
  public JobCourse after(@Nullable Told told, Instant knownAt) {
    if (told == null) {
      return new JobCourse(null, attempt, recoveries, knownAt, null, recoveredAt);
    }
    JobStateChanged data = told.data();
    JobState now = data.state();
    boolean sameMachines = data.attempt() == attempt;
    return new JobCourse(
        now,
        data.attempt(),
        data.recoveries(),
        waitingSince(now, told.time(), knownAt),
        runningSince(now, told.time(), sameMachines),
        recovered(state == null ? 0 : data.recoveries() - recoveries, told.time()));
  }

  private @Nullable Instant waitingSince(JobState now, Instant at, Instant knownAt) {
    return switch (now) {
      case PENDING, STARTING -> waitingSince == null ? earlier(at, knownAt) : waitingSince;
      case RECOVERING -> waitingSince == null ? at : waitingSince;
      case UNKNOWN -> waitingSince;
      case RUNNING,
          WINDING_DOWN,
          CANCELLING,
          SUCCEEDED,
          CANCELLED,
          FAILED,
          FAILED_SETUP,
          FAILED_PRECHECKS,
          FAILED_NO_RESOURCE,
          FAILED_CONTROLLER ->
          null;
    };
  }

  /** Before the first machines it has waited from the start. */
  private Instant earlier(Instant at, Instant knownAt) {
    return state == null && knownAt.isBefore(at) ? knownAt : at;
  }

  private @Nullable Instant runningSince(JobState now, Instant at, boolean sameMachines) {
    return switch (now) {
      case RUNNING, WINDING_DOWN -> sameMachines && runningSince != null ? runningSince : at;
      case UNKNOWN -> runningSince;
      case PENDING,
          STARTING,
          RECOVERING,
          CANCELLING,
          SUCCEEDED,
          CANCELLED,
          FAILED,
          FAILED_SETUP,
          FAILED_PRECHECKS,
          FAILED_NO_RESOURCE,
          FAILED_CONTROLLER ->
          null;
    };
  }

  private List<Instant> recovered(int more, Instant at) {
    List<Instant> times = recoveredAt;
    for (int i = 0; i < Math.min(more, REMEMBERED); i++) {
      times = Recent.adding(times, at, REMEMBERED);
    }
    return times;
  }
}
