package dev.wrinklefree.launch.cancellation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How long a run is watched for jobs that are not its job. */
@ConfigMapping(prefix = "wf.stray-jobs")
interface StrayConfig {

  /**
   * When to look, counted from the end of the submission. A run whose only submit was answered gets
   * the last look alone: only something between us and SkyPilot could have doubled it.
   */
  @WithDefault("30S,2M,10M,30M")
  List<Duration> looks();

  /** How long to try again where the queue cannot be read or a stray does not end. */
  @WithDefault("24H")
  Duration maxAge();
}
