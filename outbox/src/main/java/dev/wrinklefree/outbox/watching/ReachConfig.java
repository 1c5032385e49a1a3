package dev.wrinklefree.outbox.watching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often broker and database are asked whether they are there. */
@ConfigMapping(prefix = "wf.reach")
public interface ReachConfig {

  /**
   * From one answer to the next question. What gives no answer for three intervals, and at least
   * for {@link Watch#LEAST_PATIENCE}, makes the service not ready.
   */
  @WithDefault("2S")
  Duration interval();

  /** How long the broker has for an answer. */
  @WithDefault("3S")
  Duration limit();
}
