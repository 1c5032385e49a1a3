package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.util.Comparator;
import java.util.List;

/** The one row that speaks for a job of several tasks. */
final class WholeJob {
  private WholeJob() {}

  /**
   * The first task that failed, else the first that has not ended, else the last: SkyPilot runs the
   * tasks in order and gives the job itself no state.
   *
   * @param tasks at least one row, all of one job
   */
  static JobRecord speaker(List<JobRecord> tasks) {
    List<JobRecord> inOrder =
        tasks.stream().sorted(Comparator.comparingInt(JobRecord::taskId)).toList();
    return inOrder.stream()
        .filter(task -> endedBadly(task.status()))
        .findFirst()
        .or(() -> inOrder.stream().filter(task -> !task.status().isTerminal()).findFirst())
        .orElseGet(inOrder::getLast);
  }

  private static boolean endedBadly(ManagedJobStatus status) {
    return status.isTerminal() && status != ManagedJobStatus.SUCCEEDED;
  }
}
