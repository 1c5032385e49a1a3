package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.monitor.state.Told;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a run and its training.
 *
 * @param runId the run
 * @param knownAt when it was first heard of
 * @param reporting where it reports its figures; absent if it reports none, or nobody said
 * @param acceleratorsUsed GPUs per node that the program uses; absent where nobody said
 * @param job what was last told of its job; absent before
 * @param launchFailed whether launch-service gave up before there was a job
 * @param course what is remembered of how it has gone
 * @param told the figures last told; absent before
 * @param open alerts that were raised and not cleared, as they were raised
 */
public record TrainingRecord(
    RunId runId,
    Instant knownAt,
    @Nullable Reporting reporting,
    @Nullable Integer acceleratorsUsed,
    @Nullable Told job,
    boolean launchFailed,
    Course course,
    @Nullable ToldFigures told,
    Map<AlertCode, RunAlerted> open) {

  /** Copies the map. */
  public TrainingRecord {
    open = Map.copyOf(open);
  }

  /**
   * Where a run reports its figures, and how it names them.
   *
   * @param wandb the run in W&amp;B
   * @param keys its names for the figures
   */
  public record Reporting(WandbRun wandb, MetricKeys keys) {}

  /**
   * Figures that were told.
   *
   * @param time when they were so
   */
  public record ToldFigures(TrainingProgressed data, Instant time) {}

  /** When the run ended; empty while it has not, and where it never began. */
  Optional<Instant> endedAt() {
    return Optional.ofNullable(job)
        .filter(told -> told.data().state().isTerminal())
        .map(Told::time);
  }

  /** Whether nothing more is to come of it, as far as is known. */
  boolean hasEnded() {
    return launchFailed || endedAt().isPresent();
  }
}
