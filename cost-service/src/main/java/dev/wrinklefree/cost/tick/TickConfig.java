package dev.wrinklefree.cost.tick;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The pace of running-cost. */
@ConfigMapping(prefix = "wf.cost")
interface TickConfig {

  /** Time between two figures of a run that holds machines. */
  @WithDefault("30S")
  Duration interval();
}
