package dev.wrinklefree.skypilot.jobs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Field lists for {@link QueueQuery#fields()}; the server answers an unknown name with an error.
 */
public final class QueueFields {
  /** What a watcher needs in every round. */
  public static final List<String> STATE =
      List.of(
          "job_id",
          "task_id",
          "job_name",
          "task_name",
          "status",
          "schedule_state",
          "recovery_count",
          "submitted_at",
          "start_at",
          "end_at",
          "last_recovered_at",
          "failure_reason",
          "workspace",
          "user_hash",
          "metadata",
          "resources");

  /**
   * The machines. Any of these makes the server load every cluster's handle: ask only for jobs
   * whose placement is not known yet.
   */
  public static final List<String> PLACEMENT =
      List.of("cluster_resources", "cloud", "region", "zone", "accelerators");

  /** Both. */
  public static final List<String> STATE_AND_PLACEMENT =
      Stream.concat(STATE.stream(), PLACEMENT.stream()).toList();

  private QueueFields() {}
}
