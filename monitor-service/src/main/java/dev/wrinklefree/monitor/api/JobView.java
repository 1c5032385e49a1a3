package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.JobStateChanged.Reason;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.registry.KnownRun;
import dev.wrinklefree.monitor.registry.RecordedChange;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.state.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's job as the API shows it; what is not known is absent. The fields are those of the last
 * {@code job.state-changed} event.
 *
 * @param changedAt when the state was reached
 * @param observedAt start of the last reading of SkyPilot's queue that showed the job
 * @param history all that was told, oldest first; only of a single job
 */
public record JobView(
    RunId runId,
    String name,
    @Nullable Long skypilotJobId,
    @Nullable JobState state,
    @Nullable JobState previousState,
    @Nullable String rawStatus,
    @Nullable Reason reason,
    @Nullable Integer attempt,
    @Nullable Integer recoveries,
    @Nullable Placement placement,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant unknownSince,
    @Nullable Instant changedAt,
    @Nullable Instant observedAt,
    @Nullable List<Change> history) {

  /**
   * One event.
   *
   * @param at when it happened
   * @param seenAt when we saw it
   */
  public record Change(
      JobState state,
      @Nullable JobState previousState,
      @Nullable Reason reason,
      Instant at,
      Instant seenAt,
      int attempt) {

    static Change of(RecordedChange change) {
      JobStateChanged data = change.data();
      return new Change(
          data.state(),
          data.previousState(),
          data.reason(),
          change.happenedAt(),
          change.recordedAt(),
          data.attempt());
    }
  }

  static JobView of(KnownRun run) {
    return of(run, null, run.job().told());
  }

  static JobView of(KnownRun run, List<RecordedChange> history) {
    return of(run, history.stream().map(Change::of).toList(), run.job().told());
  }

  private static JobView of(KnownRun run, @Nullable List<Change> history, @Nullable Told told) {
    RecordedJob job = run.job();
    if (told == null) {
      return new JobView(
          job.runId(),
          run.name(),
          job.jobId(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          job.seenAt(),
          history);
    }
    JobStateChanged data = told.data();
    return new JobView(
        job.runId(),
        run.name(),
        job.jobId(),
        data.state(),
        data.previousState(),
        data.rawStatus(),
        data.reason(),
        data.attempt(),
        data.recoveries(),
        data.placement(),
        data.startedAt(),
        data.endedAt(),
        data.unknownSince(),
        told.time(),
        job.seenAt(),
        history);
  }
}
