package dev.wrinklefree.checkpoint.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are watched. */
@ConfigMapping(prefix = "wf.checkpoint")
public interface WatchConfig {

  /** Between two listings of a run's prefix. */
  @WithDefault("PT15S")
  Duration interval();

  /** How long nothing has to change in a prefix until it is listed at the idle interval. */
  @WithDefault("PT24H")
  Duration idleAfter();

  /** Between two listings of an idle prefix; also the longest wait after failures. */
  @WithDefault("PT5M")
  Duration idleInterval();

  /** How long nothing has to change in a prefix until it is listed no more. */
  @WithDefault("P30D")
  Duration giveUpAfter();

  /**
   * The longest that one save of a checkpoint takes, from its first finalised object to its last.
   * Too short, and a half-overwritten checkpoint of two objects may be told as complete; too long,
   * and one that stays half-overwritten is told late.
   */
  @WithDefault("PT15M")
  Duration saveWindow();

  /** Listings of one bucket at a time; a slow bucket holds up no other. */
  @WithDefault("4")
  int listingsPerBucket();
}
