package dev.wrinklefree.checkpoint.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * When an alert is raised. All lengths are of time in which the bucket could be read and the job's
 * state was known.
 */
@ConfigMapping(prefix = "wf.checkpoint.alerts")
public interface AlertConfig {

  /**
   * How long the first checkpoint of new machines may take, set-up included; and any other as long
   * as the run has written fewer than three.
   */
  @WithDefault("PT2H")
  Duration firstCheckpoint();

  /**
   * A checkpoint is overdue after so many of the run's own usual intervals (their median), 1 to
   * 1000.
   */
  @WithDefault("2")
  double factor();

  /** A checkpoint is not overdue before, however short the run's intervals are. */
  @WithDefault("PT10M")
  Duration leastOverdue();

  /** How long nothing has to change in a directory that lacks objects until it is told. */
  @WithDefault("PT30M")
  Duration incompleteAfter();

  /** How long the final checkpoint may take after the job has succeeded. */
  @WithDefault("PT5M")
  Duration finalGrace();
}
