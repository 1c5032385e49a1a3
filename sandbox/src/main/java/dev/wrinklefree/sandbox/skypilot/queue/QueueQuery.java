package dev.wrinklefree.sandbox.skypilot.queue;

import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.valueError;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.request.EpochSeconds;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to the job queue, with SkyPilot's meaning of each filter.
 *
 * @param userHash the caller, whose jobs are shown unless all users' are asked for
 * @param allUsers whether jobs of all users are shown
 * @param skipFinished whether jobs that are over are left out
 * @param jobIds only these jobs; null means all
 * @param userMatch part of a user's name; ignored unless {@code allUsers}
 * @param workspaceMatch part of a workspace's name
 * @param nameMatch part of a job's name
 * @param poolMatch part of a pool's name; no job here is in a pool
 * @param statuses only tasks in one of these; null means all
 * @param submittedAfter seconds since 1970
 * @param submittedBefore seconds since 1970
 * @param sortBy column to sort by; null means by job id
 * @param ascending whether the least comes first
 * @param page number of the page, from 1; null means 1
 * @param limit jobs of a page; null means all
 * @param fields columns; empty means all
 */
public record QueueQuery(
    String userHash,
    boolean allUsers,
    boolean skipFinished,
    @Nullable List<Integer> jobIds,
    @Nullable String userMatch,
    @Nullable String workspaceMatch,
    @Nullable String nameMatch,
    @Nullable String poolMatch,
    @Nullable List<String> statuses,
    @Nullable Double submittedAfter,
    @Nullable Double submittedBefore,
    @Nullable String sortBy,
    boolean ascending,
    @Nullable Integer page,
    @Nullable Integer limit,
    List<String> fields) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Set<String> SORTED =
      Set.of(
          "job_id",
          "id",
          "job_name",
          "name",
          "submitted_at",
          "status",
          "job_duration",
          "duration",
          "recovery_count",
          "recoveries",
          "resources",
          "user_hash",
          "user",
          "cloud",
          "infra");

  /**
   * Answers the question.
   *
   * @param jobs all jobs
   * @param now time of the answer
   * @return the page with its totals, as {@code /jobs/queue/v2} returns it
   * @throws dev.wrinklefree.sandbox.skypilot.request.RequestFailedException if a column is unknown
   *     or the page is impossible
   */
  public ObjectNode answer(List<ManagedJob> jobs, Instant now) {
    QueueFields.requireKnown(fields);
    requirePossiblePage();
    List<ManagedJob> filtered = jobs.stream().filter(matchesAllButStatus(now)).toList();
    Map<String, Integer> counts = new TreeMap<>();
    filtered.forEach(job -> counts.merge(job.status().name(), 1, Integer::sum));
    List<ManagedJob> matching =
        filtered.stream()
            .filter(job -> statuses == null || statuses.contains(job.status().name()))
            .toList();
    Stream<ManagedJob> chosen = matching.stream();
    if (limit != null) {
      long pagesBefore = page == null ? 0 : page - 1L;
      chosen = chosen.sorted(choice(now)).skip(pagesBefore * limit).limit(limit);
    }
    ArrayNode rows = JSON.arrayNode();
    chosen.sorted(order(now)).forEach(job -> rows.add(QueueFields.row(job, fields, now)));
    ObjectNode answer = JSON.objectNode();
    answer.set("jobs", rows);
    answer.put("total", matching.size());
    answer.put("total_no_filter", jobs.size());
    ObjectNode statusCounts = answer.putObject("status_counts");
    counts.forEach(statusCounts::put);
    // Choices for the dashboard's filter; nothing else reads them.
    answer.putArray("infra_options");
    return answer;
  }

  private void requirePossiblePage() {
    if (limit == null) {
      if (page != null) {
        throw valueError("Limit must be specified when page is specified");
      }
      return;
    }
    if (limit < 1) {
      throw valueError("Limit must be at least 1, got " + limit);
    }
    if (page != null && page < 1) {
      throw valueError("Page must be at least 1, got " + page);
    }
  }

  private Predicate<ManagedJob> matchesAllButStatus(Instant now) {
    Predicate<String> name = like(nameMatch);
    Predicate<String> user = like(allUsers ? userMatch : null);
    Predicate<String> workspace = like(workspaceMatch);
    return job ->
        (allUsers || job.submission().userHash().equals(userHash))
            && !(skipFinished && job.status().terminal())
            && (jobIds == null || jobIds.contains(job.jobId()))
            && poolMatch == null
            && name.test(job.submission().jobName())
            && user.test(job.submission().userName())
            && workspace.test("default")
            && submittedWithin(job, now);
  }

  private boolean submittedWithin(ManagedJob job, Instant now) {
    if (submittedAfter == null && submittedBefore == null) {
      return true;
    }
    Instant submitted = job.state().submittedAt();
    if (submitted == null) {
      if (job.status().terminal()) {
        return false;
      }
      submitted = now;
    }
    double seconds = EpochSeconds.of(submitted);
    return (submittedAfter == null || seconds >= submittedAfter)
        && (submittedBefore == null || seconds <= submittedBefore);
  }

  /** Which jobs come on earlier pages: among equals the older where the least comes first. */
  private Comparator<ManagedJob> choice(Instant now) {
    Comparator<ManagedJob> rising = byColumn(now).thenComparingInt(ManagedJob::jobId);
    return risingFirst() ? rising : rising.reversed();
  }

  /** In which order a page shows its jobs: among equals the newer first, always. */
  private Comparator<ManagedJob> order(Instant now) {
    Comparator<ManagedJob> rising = byColumn(now);
    return (risingFirst() ? rising : rising.reversed())
        .thenComparing(Comparator.comparingInt(ManagedJob::jobId).reversed());
  }

  private boolean risingFirst() {
    return ascending && sortBy != null && SORTED.contains(sortBy);
  }

  /** A column that is not known sorts by nothing, as if none were asked for. */
  private Comparator<ManagedJob> byColumn(Instant now) {
    return switch (sortBy == null ? "" : sortBy) {
      case "job_name", "name" -> Comparator.comparing(job -> job.submission().jobName());
      case "submitted_at" ->
          Comparator.comparing(
              job -> Optional.ofNullable(job.state().submittedAt()).orElse(Instant.MIN));
      case "status" -> Comparator.comparing((ManagedJob job) -> job.status().name());
      case "job_duration", "duration" -> Comparator.comparing(job -> job.state().runTime(now));
      case "recovery_count", "recoveries" ->
          Comparator.comparingInt(job -> job.state().recoveryCount());
      case "resources" -> Comparator.comparing(job -> job.submission().resources());
      case "user_hash", "user" -> Comparator.comparing(job -> job.submission().userHash());
      case "cloud", "infra" -> Comparator.comparing(QueueQuery::placeOf);
      default -> Comparator.comparingInt(ManagedJob::jobId);
    };
  }

  private static String placeOf(ManagedJob job) {
    return Optional.ofNullable(job.state().placement())
        .map(placement -> placement.offer().cloud() + " " + placement.offer().region())
        .orElse("");
  }

  /** SQL's {@code LIKE '%part%'} with its two wildcards, which ignores case in SQLite. */
  private static Predicate<String> like(@Nullable String part) {
    if (part == null) {
      return text -> true;
    }
    StringBuilder regex = new StringBuilder();
    part.codePoints()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '%' -> ".*";
                      case '_' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .asPredicate();
  }
}
