package dev.wrinklefree.monitor.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When this service's alerts are raised. */
@ConfigMapping(prefix = "wf.alerts")
public interface AlertConfig {

  /**
   * A running job whose step stands still for less than this is never {@code no-progress}: saving a
   * checkpoint and evaluating take minutes.
   */
  @WithDefault("10m")
  Duration noProgressAtLeast();

  /**
   * {@code no-progress} is when the step stands still for this many times its usual time from step
   * to step, the median of the last 25 that were seen. Our choice.
   */
  @WithDefault("5")
  double noProgressFactor();

  /**
   * How long a job may run until its first step and its first sign in W&amp;B, on the first
   * machines as on later ones. Setting up takes 5 to 10 minutes without an image, then come the
   * model, the data and the first 100 steps, since the trainer logs no sooner.
   */
  @WithDefault("30m")
  Duration firstStepWithin();

  /**
   * How long a run may wait for machines, from its acceptance or from their loss, until it is
   * {@code stuck-starting}. Getting a machine takes minutes where there is one.
   */
  @WithDefault("30m")
  Duration stuckStartingAfter();

  /**
   * So many losses of machines within {@link #recoveryWindow()} are {@code recovering-too-often}.
   * Our choice: with a start of 10 minutes each, a quarter of the time is lost to them.
   */
  @WithDefault("3")
  int recoveries();

  /** The time within which losses of machines are counted. */
  @WithDefault("2h")
  Duration recoveryWindow();

  /**
   * How old W&amp;B's last sign of life of a running job may become until it is {@code
   * wandb-silent}. W&amp;B itself takes a run for crashed after 5 minutes without one.
   */
  @WithDefault("5m")
  Duration wandbSilentAfter();

  /**
   * {@code loss-diverged} is when the loss's level, the median of 9 values, is above the lowest
   * level of this start by more than this share of it, and by more than {@link #lossNoise()}. Our
   * choice: a change of the data mixture moves a loss by a tenth or two.
   */
  @WithDefault("0.5")
  double lossRise();

  /** How many standard deviations of the loss's own noise the rise must exceed. */
  @WithDefault("6")
  double lossNoise();
}
