package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.cost.estimate.OwnRuns.OwnRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * How long trainings take: by our own runs once there are enough of them, else as somebody has
 * said.
 */
public final class Durations {

  /** The median of five stands two outliers. */
  static final int ENOUGH = 5;

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final int HOURS_SCALE = 4;

  private final Profiles profiles;
  private final OwnRuns runs;

  /** What {@code profiles} say, unless {@code runs} know better. */
  public Durations(Profiles profiles, OwnRuns runs) {
    this.profiles = profiles;
    this.runs = runs;
  }

  /** How long the template's usual training takes. */
  public Optional<KnownTime> usual(String template, String model, String scale) {
    Optional<Long> steps = profiles.usualSteps(template);
    return steps
        .flatMap(usual -> learned(template, model, scale, usual))
        .or(
            () ->
                template.equals(profiles.template())
                    ? profiles.time(model, scale)
                    : Optional.empty());
  }

  /** How long one that goes from one step to another takes. */
  Optional<KnownTime> ofSteps(String template, String model, String scale, long from, long to) {
    if (to <= from) {
      return Optional.empty();
    }
    return usual(template, model, scale)
        .filter(known -> known.steps() != null)
        .map(known -> known.forSteps(from, to));
  }

  private Optional<KnownTime> learned(String template, String model, String scale, long steps) {
    List<BigDecimal> perStep =
        runs.newest(template, model, scale).stream()
            .filter(run -> run.steps() != null && run.machineSeconds() > 0)
            .map(Durations::secondsPerStep)
            .sorted()
            .toList();
    if (perStep.size() < ENOUGH) {
      return Optional.empty();
    }
    BigDecimal hours =
        perStep
            .get(perStep.size() / 2)
            .multiply(BigDecimal.valueOf(steps))
            .divide(SECONDS_PER_HOUR, HOURS_SCALE, RoundingMode.UP);
    return Optional.of(
        new KnownTime(hours, "median of our last %d runs".formatted(perStep.size()), steps));
  }

  private static BigDecimal secondsPerStep(OwnRun run) {
    Long steps = run.steps();
    return steps == null
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(run.machineSeconds())
            .divide(BigDecimal.valueOf(steps), 9, RoundingMode.HALF_UP);
  }
}
