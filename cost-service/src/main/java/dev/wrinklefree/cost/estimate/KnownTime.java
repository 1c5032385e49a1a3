package dev.wrinklefree.cost.estimate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How long a training takes.
 *
 * @param hours above 0
 * @param source who says so
 * @param steps how many steps it takes in that time; absent if that is not said
 */
public record KnownTime(BigDecimal hours, String source, @Nullable Long steps) {

  /** About a third of a second. */
  private static final int HOURS_SCALE = 4;

  /**
   * @throws IllegalArgumentException if {@code hours} is not above 0
   */
  public KnownTime {
    if (hours.signum() <= 0) {
      throw new IllegalArgumentException("hours must be above 0, not " + hours);
    }
    if (steps != null && steps <= 0) {
      throw new IllegalArgumentException("steps must be above 0, not " + steps);
    }
  }

  /**
   * The time for another number of steps, in proportion.
   *
   * @param from where it begins
   * @param to where it ends, beyond {@code from}
   * @throws IllegalStateException if it is not known for how many steps the time is
   */
  KnownTime forSteps(long from, long to) {
    Long known = steps;
    if (known == null) {
      throw new IllegalStateException("the steps of this time are not known");
    }
    if (from == 0 && to == known) {
      return this;
    }
    BigDecimal scaled =
        hours
            .multiply(BigDecimal.valueOf(to - from))
            .divide(BigDecimal.valueOf(known), HOURS_SCALE, RoundingMode.UP);
    String range = from == 0 ? "%d steps".formatted(to) : "steps %d to %d".formatted(from, to);
    return new KnownTime(scaled, "%s, for %s of %d".formatted(source, range, known), to - from);
  }
}
