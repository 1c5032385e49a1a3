package dev.wrinklefree.cost.outlook;

/**
 * How long machines stay, on average.
 *
 * <p>What is assumed before a run has lost any counts as one loss in that time, and the run's own
 * losses in its own time are added to it: {@code (assumed + own time) / (1 + own losses)}, the mean
 * of a gamma distribution's posterior. So one early loss does not turn an advice over, and a long
 * history outweighs what was assumed.
 *
 * @param meanSeconds seconds with machines between two losses; above 0
 * @param source where that comes from
 */
public record LossRate(double meanSeconds, String source) {

  /** Google's preemptible machines lived for a day at most; no cloud states a rate for spot. */
  static final long SPOT_SECONDS = 24 * 3600L;

  /**
   * Llama 3 405B: 419 unexpected interruptions in 54 days on 16,384 H100s ("The Llama 3 Herd of
   * Models", 2024, section 3.3.4): one in about 50,700 GPU hours.
   */
  static final long ON_DEMAND_GPU_SECONDS = 16_384L * 54 * 24 * 3600 / 419;

  /**
   * The part of the work that is done twice where it is saved that often: half an interval for each
   * loss.
   */
  public double lostShare(long intervalSeconds) {
    return intervalSeconds / 2.0 / meanSeconds;
  }

  /**
   * The rate of one run.
   *
   * @param losses how often its machines went away before the work was done
   * @param machineSeconds how long it had machines
   * @param spot whether the machines are interruptible
   * @param gpus of all machines together; at least 1
   */
  public static LossRate of(int losses, long machineSeconds, boolean spot, int gpus) {
    long assumed = spot ? SPOT_SECONDS : ON_DEMAND_GPU_SECONDS / Math.max(1, gpus);
    String prior =
        spot
            ? "assumed for spot machines: one loss in 24 h"
            : "assumed for machines on demand: one loss in 50,700 GPU hours, as Llama 3 405B had";
    return new LossRate(
        (assumed + (double) machineSeconds) / (1 + losses),
        losses == 0
            ? prior
            : "%d of its own in %.1f h with machines, and %s"
                .formatted(losses, machineSeconds / 3600.0, prior));
  }
}
