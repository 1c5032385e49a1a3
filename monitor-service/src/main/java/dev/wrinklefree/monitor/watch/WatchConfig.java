package dev.wrinklefree.monitor.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the queue is watched. */
@ConfigMapping(prefix = "wf.monitor")
public interface WatchConfig {

  /**
   * From the start of one round to the start of the next. SkyPilot's controller looks at a running
   * job every 15 s, so a shorter one finds little more on a real server.
   */
  @WithDefault("15s")
  Duration interval();

  /**
   * How long a job may go unseen before it is told as {@code UNKNOWN}, counted from the first
   * reading that failed or lacked it. At least several intervals: SkyPilot restarts in a minute.
   */
  @WithDefault("2m")
  Duration unknownAfter();

  /** How long an ended job is still looked at, since SkyPilot may correct an end. */
  @WithDefault("10m")
  Duration recheckEnded();

  /** Jobs per request to the queue, at least 1; SkyPilot's own advice is 100 to 500. */
  @WithDefault("200")
  int pageSize();
}
