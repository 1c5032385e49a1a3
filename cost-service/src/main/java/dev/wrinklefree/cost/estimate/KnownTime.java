package dev.wrinklefree.cost.estimate;

import java.math.BigDecimal;

/**
 * How long a training takes.
 *
 * @param hours above 0
 * @param source who says so
 */
public record KnownTime(BigDecimal hours, String source) {

  /**
   * @throws IllegalArgumentException if {@code hours} is not above 0
   */
  public KnownTime {
    if (hours.signum() <= 0) {
      throw new IllegalArgumentException("hours must be above 0, not " + hours);
    }
  }
}
