package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.template.TaskRenderer;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of SkyPilot's jobs are a run's. A job bears two marks of its run: its name, and the run id
 * in its task's {@code _metadata}. The queue's own match by name is by substring.
 */
public final class RunJobs {

  private RunJobs() {}

  /**
   * Ids of the jobs that bear the run's name exactly and are not marked as somebody else's, oldest
   * first.
   */
  public static List<Long> named(RunId runId, List<JobRecord> rows) {
    return rows.stream()
        .filter(row -> isNamed(runId, row))
        .map(JobRecord::jobId)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Ids of the jobs that bear both marks and have not ended, oldest first: the only jobs that may
   * be cancelled without having been recorded.
   */
  public static List<Long> live(RunId runId, List<JobRecord> rows) {
    Map<Long, List<JobRecord>> jobs =
        rows.stream()
            .filter(row -> bearsBothMarks(runId, row))
            .collect(Collectors.groupingBy(JobRecord::jobId, TreeMap::new, Collectors.toList()));
    return jobs.entrySet().stream()
        .filter(job -> !job.getValue().stream().allMatch(row -> row.status().isTerminal()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a row bears the run's name and is not marked as another run's. */
  public static boolean isNamed(RunId runId, JobRecord row) {
    String marked = row.metadata().getOrDefault(TaskRenderer.RUN_ID_METADATA, runId.value());
    return runId.value().equals(row.jobName()) && runId.value().equals(marked);
  }

  private static boolean bearsBothMarks(RunId runId, JobRecord row) {
    return isNamed(runId, row) && row.metadata().containsKey(TaskRenderer.RUN_ID_METADATA);
  }
}
