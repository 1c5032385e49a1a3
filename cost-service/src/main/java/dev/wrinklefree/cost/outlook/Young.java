package dev.wrinklefree.cost.outlook;

import java.util.OptionalLong;

/**
 * Young's first-order approximation of the best time between checkpoints (J. W. Young, "A first
 * order approximation to the optimum checkpoint interval", CACM 17(9), 1974). It holds while saving
 * takes a small part of the time between losses, losses come at random, and saving stops the work.
 */
public final class Young {

  private Young() {}

  /**
   * The best interval in seconds.
   *
   * @param saveSeconds time that saving takes
   * @param meanSeconds mean time between losses
   * @return empty where saving takes half of that time or more: the approximation says nothing then
   */
  public static OptionalLong interval(double saveSeconds, double meanSeconds) {
    return saveSeconds >= meanSeconds / 2
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, Math.round(Math.sqrt(2 * saveSeconds * meanSeconds))));
  }

  /**
   * The part of the time that saving and doing lost work again take up: {@code save / interval +
   * interval / (2 * mean)}.
   */
  public static double waste(double intervalSeconds, double saveSeconds, double meanSeconds) {
    return saveSeconds / intervalSeconds + intervalSeconds / (2 * meanSeconds);
  }
}
