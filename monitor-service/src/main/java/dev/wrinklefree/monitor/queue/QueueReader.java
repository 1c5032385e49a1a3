package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the queue. A failure is no exception here: it is a reading that is not complete, of which
 * the rows that did come are still true.
 */
public final class QueueReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(QueueReader.class);

  private final QueuePages pages;
  private final InstantSource clock;
  private final int pageSize;
  private final Runnable onFailure;

  /**
   * @param pages the queue
   * @param clock our clock
   * @param pageSize jobs per request, at least 1
   * @param onFailure told of each request that failed
   */
  public QueueReader(QueuePages pages, InstantSource clock, int pageSize, Runnable onFailure) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("pageSize must be at least 1");
    }
    this.pages = pages;
    this.clock = clock;
    this.pageSize = pageSize;
    this.onFailure = onFailure;
  }

  /** All jobs that have not finished, with what tells their state. */
  public Reading unfinished() {
    Instant readAt = clock.instant();
    Rows rows = new Rows();
    try {
      boolean more = true;
      for (int number = 1; more; number++) {
        QueuePage page = pages.read(QueueQuery.unfinished(number, pageSize));
        boolean fresh = rows.add(page);
        // A page counts jobs, not rows. A page of repeats means that the server does not page, or
        // that jobs moved onto it while we read; what that hides is found by its id.
        more = fresh && distinctJobs(page) >= pageSize;
      }
      return rows.reading(readAt);
    } catch (SkyPilotException e) {
      failed("Queue could not be read", e);
      return rows.incomplete(readAt);
    }
  }

  /** Certain jobs, finished or not, with what tells their state. */
  public Reading jobs(Collection<Long> jobIds) {
    return byIds(jobIds, QueueFields.STATE);
  }

  /** Certain jobs with what tells where they run: costly for the server. */
  public Reading placements(Collection<Long> jobIds) {
    return byIds(jobIds, QueueFields.STATE_AND_PLACEMENT);
  }

  private Reading byIds(Collection<Long> jobIds, List<String> fields) {
    Instant readAt = clock.instant();
    Rows rows = new Rows();
    List<Long> ids = jobIds.stream().sorted().distinct().toList();
    try {
      for (int from = 0; from < ids.size(); from += pageSize) {
        List<Long> some = ids.subList(from, Math.min(from + pageSize, ids.size()));
        rows.add(pages.read(QueueQuery.ofJobs(some).withFields(fields)));
      }
      return rows.reading(readAt);
    } catch (SkyPilotException e) {
      failed("Jobs could not be read", e);
      return rows.incomplete(readAt);
    }
  }

  private void failed(String message, SkyPilotException e) {
    onFailure.run();
    LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log(message);
  }

  private static long distinctJobs(QueuePage page) {
    return page.jobs().stream().mapToLong(JobRecord::jobId).distinct().count();
  }

  private record TaskKey(long jobId, int taskId) {}

  /** Rows by (job, task); of repeats the later one is newer. */
  private static final class Rows {
    private final Map<TaskKey, JobRecord> byTask = new LinkedHashMap<>();
    private boolean readable = true;

    /** Whether the page brought a task that was not there yet. */
    boolean add(QueuePage page) {
      int before = byTask.size();
      page.jobs().forEach(row -> byTask.put(new TaskKey(row.jobId(), row.taskId()), row));
      readable &= page.unreadable() == 0;
      return byTask.size() > before;
    }

    Reading reading(Instant readAt) {
      return new Reading(readAt, List.copyOf(byTask.values()), readable);
    }

    Reading incomplete(Instant readAt) {
      return new Reading(readAt, List.copyOf(byTask.values()), false);
    }
  }
}
