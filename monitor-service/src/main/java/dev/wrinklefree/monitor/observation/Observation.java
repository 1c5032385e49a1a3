package dev.wrinklefree.monitor.observation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that one round saw. Immutable; each further reading makes a new one. */
public final class Observation {

  private final Instant readAt;
  private final boolean activeComplete;
  private final Set<Long> answeredIds;
  private final Set<RunId> answeredNames;
  private final Map<Long, JobRecord> jobs;
  private @Nullable Map<String, List<JobRecord>> jobsByName;
  private final Map<Long, Placement> placements;

  private Observation(
      Instant readAt,
      boolean activeComplete,
      Set<Long> answeredIds,
      Set<RunId> answeredNames,
      Map<Long, JobRecord> jobs,
      Map<Long, Placement> placements) {
    this.readAt = readAt;
    this.activeComplete = activeComplete;
    this.answeredIds = answeredIds;
    this.answeredNames = answeredNames;
    this.jobs = jobs;
    this.placements = placements;
  }

  /** What the reading of all unfinished jobs brought. */
  public static Observation ofActive(Reading active) {
    return new Observation(
        active.readAt(), active.complete(), Set.of(), Set.of(), speakers(active.rows()), Map.of());
  }

  /**
   * The same with a later reading of certain jobs, whose rows replace earlier ones.
   *
   * @param askedIds the jobs that were asked for
   */
  public Observation withTargeted(Set<Long> askedIds, Reading targeted) {
    Set<Long> answered = targeted.complete() ? Set.copyOf(askedIds) : Set.of();
    return new Observation(
        readAt, activeComplete, answered, answeredNames, merged(targeted), placements);
  }

  /**
   * The same with a later reading of the jobs of certain names, whose rows replace earlier ones.
   *
   * @param askedRuns the runs whose names were asked for
   */
  public Observation withNamed(Set<RunId> askedRuns, Reading named) {
    Set<RunId> answered = named.complete() ? Set.copyOf(askedRuns) : Set.of();
    return new Observation(
        readAt, activeComplete, answeredIds, answered, merged(named), placements);
  }

  /** The same with what was learnt of places, by job id. */
  public Observation withPlacements(Map<Long, Placement> known) {
    return new Observation(
        readAt, activeComplete, answeredIds, answeredNames, jobs, Map.copyOf(known));
  }

  /** The row that speaks for a job, if any was read. */
  public @Nullable JobRecord row(long jobId) {
    return jobs.get(jobId);
  }

  /**
   * The jobs that launch-service told and the rows so far do not show: a second look is for them.
   */
  public Set<Long> unseenIds(Collection<RecordedJob> runs) {
    return runs.stream()
        .filter(run -> run.confirmed() && followed(run).isEmpty())
        .map(RecordedJob::jobId)
        .filter(Objects::nonNull)
        .collect(toUnmodifiableSet());
  }

  /**
   * The runs whose job launch-service has not told and that are to be looked up by name: those
   * whose job, as found, does not show, and those that show one for the first time. Only that look
   * tells whether there is an older job, which may have ended.
   */
  public Set<RunId> unseenNames(Collection<RecordedJob> runs) {
    return runs.stream()
        .filter(run -> !run.confirmed())
        .filter(
            run ->
                run.jobId() == null ? oldest(run).findAny().isPresent() : followed(run).isEmpty())
        .map(RecordedJob::runId)
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
    Optional<JobRecord> row = run.confirmed() ? told(run) : found(run);
    if (row.isPresent()) {
      return new Finding.Seen(row.get(), placements.get(row.get().jobId()), readAt);
    }
    return isSearched(run) ? new Finding.Absent(readAt) : new Finding.Unread(readAt);
  }

  private boolean isSearched(RecordedJob run) {
    if (run.confirmed()) {
      return answeredIds.contains(run.jobId());
    }
    return answeredNames.contains(run.runId()) || (run.jobId() == null && activeComplete);
  }

  /** The row of a job that launch-service told, or of the one after the controller was reset. */
  private Optional<JobRecord> told(RecordedJob run) {
    return followed(run).or(() -> isSearched(run) ? successor(run) : Optional.empty());
  }

  /**
   * The row of a job that only its name led to. Launch-service adopts the oldest of several and
   * cancels the others, whose end is not the run's: so an older one takes its place, a younger one
   * never does, and a first one counts only when it was looked whether there is an older.
   */
  private Optional<JobRecord> found(RecordedJob run) {
    Long jobId = run.jobId();
    if (jobId == null && !answeredNames.contains(run.runId())) {
      return Optional.empty();
    }
    return oldest(run).filter(row -> jobId == null || row.jobId() <= jobId).findFirst();
  }

  /** The job that the run's record follows. */
  private Optional<JobRecord> followed(RecordedJob run) {
    return Optional.ofNullable(run.jobId())
        .map(jobs::get)
        .filter(row -> Ownership.isFollowed(run, row));
  }

  /**
   * The run's job under a controller that numbers anew, where the followed one is surely gone: it
   * has the same number, or a lower one and was submitted since. A higher number may be a twin of
   * the followed job, which launch-service cancels; whether it is the run's is for that to tell.
   */
  private Optional<JobRecord> successor(RecordedJob run) {
    Long gone = run.jobId();
    return oldest(run)
        .filter(row -> gone != null && row.jobId() <= gone)
        .filter(row -> Objects.equals(row.jobId(), gone) || isSubmittedSinceSeen(run, row))
        .findFirst();
  }

  private static boolean isSubmittedSinceSeen(RecordedJob run, JobRecord row) {
    Instant submittedAt = row.times().submittedAt();
    Instant seenAt = run.seenAt();
    return submittedAt != null && seenAt != null && submittedAt.isAfter(seenAt);
  }

  private Stream<JobRecord> oldest(RecordedJob run) {
    return jobsByName().getOrDefault(run.runId().value(), List.of()).stream()
        .filter(row -> Ownership.isProven(run.runId(), row))
        .sorted(Comparator.comparingLong(JobRecord::jobId));
  }

  /** Made by the first run that is looked for by its name: most rounds have none. */
  private Map<String, List<JobRecord>> jobsByName() {
    Map<String, List<JobRecord>> byName = jobsByName;
    if (byName == null) {
      byName =
          jobs.values().stream()
              .filter(row -> row.jobName() != null)
              .collect(groupingBy(JobRecord::jobName));
      jobsByName = byName;
    }
    return byName;
  }

  private Map<Long, JobRecord> merged(Reading later) {
    Map<Long, JobRecord> merged = new HashMap<>(jobs);
    merged.putAll(speakers(later.rows()));
    return merged;
  }

  private static Map<Long, JobRecord> speakers(List<JobRecord> rows) {
    Map<Long, JobRecord> speakers = HashMap.newHashMap(rows.size());
    Map<Long, List<JobRecord>> several = new HashMap<>();
    for (JobRecord row : rows) {
      JobRecord other = speakers.putIfAbsent(row.jobId(), row);
      if (other != null) {
        several.computeIfAbsent(row.jobId(), id -> new ArrayList<>(List.of(other))).add(row);
      }
    }
    several.forEach((id, tasks) -> speakers.put(id, WholeJob.speaker(tasks)));
    return speakers;
  }
}
