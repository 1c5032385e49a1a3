package dev.wrinklefree.cost.outlook;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How far the work was after so much time with machines.
 *
 * @param machinesSince when the machines came that it was done on
 * @param machineSeconds how long the run had had machines by then
 * @param done what was done, such as steps; not below 0
 * @param whole what is to be done, in the same unit; above 0
 */
public record Reading(
    Instant machinesSince, long machineSeconds, BigDecimal done, BigDecimal whole) {

  /**
   * Writes one way of each number, so that what is stored equals what was heard.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Reading {
    if (machineSeconds < 0 || done.signum() < 0 || whole.signum() <= 0) {
      throw new IllegalArgumentException("no reading: " + done + " of " + whole);
    }
    done = done.stripTrailingZeros();
    whole = whole.stripTrailingZeros();
  }

  /** What is still to be done; nothing where more was done than was planned. */
  BigDecimal left() {
    return whole.subtract(done).max(BigDecimal.ZERO);
  }

  /** Whether the work went on from {@code earlier} without a break. */
  boolean continues(Reading earlier) {
    return machinesSince.equals(earlier.machinesSince)
        && whole.equals(earlier.whole)
        && done.compareTo(earlier.done) >= 0
        && machineSeconds >= earlier.machineSeconds;
  }
}
