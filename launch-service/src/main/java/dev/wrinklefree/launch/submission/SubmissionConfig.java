package dev.wrinklefree.launch.submission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are submitted. */
@ConfigMapping(prefix = "wf.submission")
interface SubmissionConfig {

  /** Submits under way at once, in all replicas: launching is SkyPilot's bottleneck. */
  @WithDefault("8")
  int maxInFlight();

  /** Shortest wait before a failed submit is tried again. */
  @WithDefault("5S")
  Duration firstBackoff();

  /** Longest wait before a failed submit is tried again. */
  @WithDefault("5M")
  Duration longestBackoff();

  /**
   * How long a submit is tried after the run was accepted. A submit whose outcome is unknown is
   * looked up for as long as it takes: unknown is not failed.
   */
  @WithDefault("24H")
  Duration maxAge();

  /**
   * How long a submit whose answer was lost may take to show among SkyPilot's requests or jobs.
   * Only after that is it taken as never received. Longer than {@code wf.skypilot.submit-timeout}.
   */
  @WithDefault("2M")
  Duration settleTime();

  /** Wait before another look while a lost submit settles. */
  @WithDefault("5S")
  Duration lookInterval();
}
