package dev.wrinklefree.skypilot.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read from the queue. Start from one of the factories.
 *
 * @param page from 1; null for all at once. Pages shift while they are read: drop repeated (job,
 *     task) pairs, and expect gaps
 * @param limit jobs (not rows: a job has one per task) on a page; needed with {@code page}
 * @param fields see {@link QueueFields}; empty asks for everything, which is heavy
 * @param jobIds only these; empty for all
 * @param nameMatch only jobs whose name contains this, where {@code _} and {@code %} are wildcards:
 *     compare the names that come back
 * @param statuses only these words; empty for all
 * @param skipFinished leave out jobs in a terminal status
 * @param allUsers all that we may see, rather than our own
 */
public record QueueQuery(
    @Nullable Integer page,
    @Nullable Integer limit,
    List<String> fields,
    List<Long> jobIds,
    @Nullable String nameMatch,
    List<String> statuses,
    boolean skipFinished,
    boolean allUsers) {

  public QueueQuery {
    if (page != null && (page < 1 || limit == null)) {
      throw new IllegalArgumentException("page counts from 1 and needs a limit");
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1");
    }
    fields = List.copyOf(fields);
    jobIds = List.copyOf(jobIds);
    statuses = List.copyOf(statuses);
  }

  /** One page of the jobs that have not finished, of all users, without placement. */
  public static QueueQuery unfinished(int page, int limit) {
    return new QueueQuery(page, limit, QueueFields.STATE, List.of(), null, List.of(), true, true);
  }

  /** Certain jobs, finished or not, with placement. */
  public static QueueQuery ofJobs(List<Long> jobIds) {
    if (jobIds.isEmpty()) {
      throw new IllegalArgumentException("no job ids: that would ask for all jobs");
    }
    return new QueueQuery(
        null, null, QueueFields.STATE_AND_PLACEMENT, jobIds, null, List.of(), false, true);
  }

  /**
   * Jobs whose name contains the text, finished or not; {@link QueuePage#named} keeps the equal
   * ones. This is how a launch of unknown outcome is looked up.
   */
  public static QueueQuery ofName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank");
    }
    return new QueueQuery(null, null, QueueFields.STATE, List.of(), name, List.of(), false, true);
  }

  /** The same with another field list. */
  public QueueQuery withFields(List<String> value) {
    return new QueueQuery(page, limit, value, jobIds, nameMatch, statuses, skipFinished, allUsers);
  }

  /** The same for the given page. */
  public QueueQuery withPage(int number, int size) {
    return new QueueQuery(
        number, size, fields, jobIds, nameMatch, statuses, skipFinished, allUsers);
  }

  /** The same for certain status words. */
  public QueueQuery withStatuses(List<String> value) {
    return new QueueQuery(page, limit, fields, jobIds, nameMatch, value, skipFinished, allUsers);
  }

  /** The same, for our own jobs only or for all that we may see. */
  public QueueQuery withAllUsers(boolean value) {
    return new QueueQuery(page, limit, fields, jobIds, nameMatch, statuses, skipFinished, value);
  }
}
