package dev.wrinklefree.monitor.alert;

import java.time.Duration;

/**
 * When the detectors raise; what each means and where its default is from is said by {@link
 * AlertConfig}.
 */
public record AlertRules(
    Duration noProgressAtLeast,
    double noProgressFactor,
    Duration firstStepWithin,
    Duration stuckStartingAfter,
    int recoveries,
    Duration recoveryWindow,
    Duration wandbSilentAfter,
    double lossRise,
    double lossNoise) {

  /**
   * @throws IllegalArgumentException if one of them is not positive
   */
  public AlertRules {
    boolean positive =
        noProgressAtLeast.isPositive()
            && noProgressFactor > 0
            && firstStepWithin.isPositive()
            && stuckStartingAfter.isPositive()
            && recoveries > 0
            && recoveries <= JobCourse.REMEMBERED
            && recoveryWindow.isPositive()
            && wandbSilentAfter.isPositive()
            && lossRise > 0
            && lossNoise > 0;
    if (!positive) {
      throw new IllegalArgumentException(
          "wf.alerts.* must be positive, and recoveries at most " + JobCourse.REMEMBERED);
    }
  }
}
