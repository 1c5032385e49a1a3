package dev.wrinklefree.monitor.progress;

import dev.wrinklefree.monitor.wandb.Summary;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run's step has moved. Any change of the step is a movement, also one back: a trainer that
 * begins anew does something.
 *
 * @param appeared whether W&amp;B has ever shown the run
 * @param wandbState W&amp;B's last word
 * @param heartbeatAt the last sign of life, by W&amp;B's clock
 * @param step as last read
 * @param movedAt when it was last seen to have moved on the present machines
 * @param loggedAt when that step was logged, by the trainer's clock
 * @param gapMillis from one movement to the next, the latest of them in milliseconds
 */
public record StepCourse(
    boolean appeared,
    @Nullable String wandbState,
    @Nullable Instant heartbeatAt,
    @Nullable Long step,
    @Nullable Instant movedAt,
    @Nullable Instant loggedAt,
    List<Long> gapMillis) {

  /** Of a run that W&amp;B has not shown. */
  public static final StepCourse NONE =
      new StepCourse(false, null, null, null, null, null, List.of());

  /** Movements that the cadence is learned from: enough that a slow evaluation or two do not. */
  static final int REMEMBERED = 25;

  /** Movements after which there is a cadence to speak of. */
  static final int ENOUGH = 3;

  /** Copies the list. */
  public StepCourse {
    gapMillis = gapMillis == null ? List.of() : List.copyOf(gapMillis);
  }

  /** The same run on other machines: the time that it takes to get going again is no step's. */
  public StepCourse onOtherMachines() {
    return new StepCourse(appeared, wandbState, heartbeatAt, step, null, null, gapMillis);
  }

  /** After one more look. */
  public StepCourse after(WandbSighting sighting, Figures figures, Instant readAt) {
    boolean moved = figures.step() != null && !figures.step().equals(step);
    Summary summary = sighting.summary();
    Instant logged = summary == null ? null : summary.loggedAt();
    return new StepCourse(
        true,
        sighting.state(),
        sighting.heartbeatAt() == null ? heartbeatAt : sighting.heartbeatAt(),
        moved ? figures.step() : step,
        moved ? readAt : movedAt,
        moved ? logged : loggedAt,
        moved
            ? gap(logged, readAt)
                .map(gap -> Recent.adding(gapMillis, gap.toMillis(), REMEMBERED))
                .orElse(gapMillis)
            : gapMillis);
  }

  /** The usual time from step to step, once enough were seen: the median of the latest. */
  public Optional<Duration> cadence() {
    return gapMillis.size() < ENOUGH
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(
                Math.round(Median.of(gapMillis.stream().map(Long::doubleValue).toList()))));
  }

  /** Whether the trainer itself said that it is done. */
  public boolean finished() {
    return Objects.equals(wandbState, "finished");
  }

  /** By the trainer's own clock where it can be, since we only look now and then. */
  private Optional<Duration> gap(@Nullable Instant logged, Instant readAt) {
    if (movedAt == null) {
      return Optional.empty();
    }
    return loggedAt != null && logged != null && logged.isAfter(loggedAt)
        ? Optional.of(Duration.between(loggedAt, logged))
        : Optional.of(Duration.between(movedAt, readAt)).filter(Duration::isPositive);
  }
}
