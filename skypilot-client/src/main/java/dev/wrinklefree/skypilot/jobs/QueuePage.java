package dev.wrinklefree.skypilot.jobs;

import java.util.List;
import java.util.Map;

/**
 * One answer of the queue, newest job first.
 *
 * @param jobs one record per task
 * @param total jobs that match the query, over all pages
 * @param totalNoFilter tasks in the server's whole table; the number of rows for old servers
 * @param statusCounts tasks by status word, whatever statuses were asked for; empty for old servers
 * @param unreadable rows that name no job and were left out
 */
public record QueuePage(
    List<JobRecord> jobs,
    long total,
    long totalNoFilter,
    Map<String, Long> statusCounts,
    int unreadable) {

  public QueuePage {
    jobs = List.copyOf(jobs);
    statusCounts = Map.copyOf(statusCounts);
  }

  /** The records of the jobs with exactly this name. */
  public List<JobRecord> named(String jobName) {
    return jobs.stream().filter(job -> jobName.equals(job.jobName())).toList();
  }
}
