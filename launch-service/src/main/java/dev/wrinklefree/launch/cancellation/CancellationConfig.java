package dev.wrinklefree.launch.cancellation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the jobs of cancelled runs are ended. */
@ConfigMapping(prefix = "wf.cancellation")
interface CancellationConfig {

  /**
   * How often the queue is asked whether the job has ended, and the cancel is sent again. SkyPilot
   * takes up a cancel within 15 s.
   */
  @WithDefault("15S")
  Duration interval();

  /**
   * How long to go on with a job that SkyPilot's queue does not know, counted from the first answer
   * in a row that lacked it.
   */
  @WithDefault("24H")
  Duration maxAge();
}
