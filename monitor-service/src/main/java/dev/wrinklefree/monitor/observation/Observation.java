package dev.wrinklefree.monitor.observation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that one round saw. Immutable; each further reading makes a new one. */
public final class Observation {

  private final Instant readAt;
  private final boolean activeComplete;
  private final Set<Long> answeredIds;
  private final Map<Long, JobRecord> jobs;
  private final Map<String, List<JobRecord>> jobsByName;
  private final Map<Long, Placement> placements;

  private Observation(
      Instant readAt,
      boolean activeComplete,
      Set<Long> answeredIds,
      Map<Long, JobRecord> jobs,
      Map<Long, Placement> placements) {
    this.readAt = readAt;
    this.activeComplete = activeComplete;
    this.answeredIds = answeredIds;
    this.jobs = jobs;
    this.jobsByName =
        jobs.values().stream()
            .filter(row -> row.jobName() != null)
            .collect(groupingBy(JobRecord::jobName));
    this.placements = placements;
  }

  /** What the reading of all unfinished jobs brought. */
  public static Observation ofActive(Reading active) {
    return new Observation(
        active.readAt(), active.complete(), Set.of(), speakers(active.rows()), Map.of());
  }

  /**
   * The same with a later reading of certain jobs, whose rows replace earlier ones.
   *
   * @param askedIds the jobs that were asked for
   */
  public Observation withTargeted(Set<Long> askedIds, Reading targeted) {
    Map<Long, JobRecord> merged = new HashMap<>(jobs);
    merged.putAll(speakers(targeted.rows()));
    Set<Long> answered = targeted.complete() ? Set.copyOf(askedIds) : Set.of();
    return new Observation(readAt, activeComplete, answered, merged, placements);
  }

  /** The same with what was learnt of places, by job id. */
  public Observation withPlacements(Map<Long, Placement> known) {
    return new Observation(readAt, activeComplete, answeredIds, jobs, Map.copyOf(known));
  }

  /** The ids of followed jobs that the rows so far do not show, and that a second look is for. */
  public Set<Long> unseenIds(Collection<RecordedJob> runs) {
    return runs.stream()
        .filter(run -> run.jobId() != null && followed(run).isEmpty())
        .map(RecordedJob::jobId)
        .collect(toUnmodifiableSet());
  }

  /** What was seen of each run. Jobs that are no run's are in none of the findings. */
  public Map<RunId, Finding> findings(Collection<RecordedJob> runs) {
    Map<RunId, Finding> findings = new LinkedHashMap<>();
    for (RecordedJob run : runs) {
      findings.put(run.runId(), finding(run));
    }
    return findings;
  }

  private Finding finding(RecordedJob run) {
    boolean followedIsGone = run.jobId() == null || answeredIds.contains(run.jobId());
    Optional<JobRecord> row = followed(run);
    if (row.isEmpty() && followedIsGone) {
      row = successor(run);
    }
    if (row.isPresent()) {
      return new Finding.Seen(row.get(), placements.get(row.get().jobId()), readAt);
    }
    boolean searched = run.jobId() == null ? activeComplete : followedIsGone;
    return searched ? new Finding.Absent(readAt) : new Finding.Unread(readAt);
  }

  /** The job that the run's record follows. */
  private Optional<JobRecord> followed(RecordedJob run) {
    return Optional.ofNullable(run.jobId())
        .map(jobs::get)
        .filter(run::isSameEpoch)
        .filter(row -> Ownership.isPossible(run.runId(), row));
  }

  /**
   * Another job of the run, where the followed one is surely gone or none was known. Of several,
   * the first that was submitted.
   */
  private Optional<JobRecord> successor(RecordedJob run) {
    return jobsByName.getOrDefault(run.runId().value(), List.of()).stream()
        .filter(row -> Ownership.isProven(run.runId(), row))
        .min(Comparator.comparingLong(JobRecord::jobId));
  }

  private static Map<Long, JobRecord> speakers(List<JobRecord> rows) {
    Map<Long, JobRecord> speakers = new HashMap<>();
    rows.stream()
        .collect(groupingBy(JobRecord::jobId))
        .forEach((id, tasks) -> speakers.put(id, WholeJob.speaker(tasks)));
    return speakers;
  }
}
