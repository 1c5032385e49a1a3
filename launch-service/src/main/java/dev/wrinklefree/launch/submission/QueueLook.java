package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.template.TaskRenderer;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import java.util.List;

/** Finds a run's jobs in the queue. */
final class QueueLook {

  private QueueLook() {}

  /**
   * Ids of the jobs that bear the run's name exactly and are not marked as somebody else's, oldest
   * first. The queue's own match is by substring.
   */
  static List<Long> jobsOf(RunId runId, QueuePage page) {
    return page.named(runId.value()).stream()
        .filter(
            job ->
                runId
                    .value()
                    .equals(
                        job.metadata().getOrDefault(TaskRenderer.RUN_ID_METADATA, runId.value())))
        .map(JobRecord::jobId)
        .distinct()
        .sorted()
        .toList();
  }
}
