package dev.wrinklefree.outbox.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How durable work is run. */
@ConfigMapping(prefix = "wf.work")
public interface WorkConfig {

  /** Whether this process runs tasks; scheduling them works in any case. */
  @WithDefault("true")
  boolean enabled();

  /** Tasks that run at once in this process. */
  @WithDefault("4")
  int threads();

  /** How often due tasks are looked for. */
  @WithDefault("0.2S")
  Duration pollingInterval();

  /** How often a running task's sign of life is written; after four missed ones it is dead. */
  @WithDefault("2S")
  Duration heartbeat();

  /**
   * How long running tasks may go on at shutdown before they are interrupted; as long again is
   * waited for those that were. Twice this must fit into the ten seconds of a stop.
   */
  @WithDefault("2S")
  Duration stopTimeout();
}
