package dev.wrinklefree.outbox.topics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What a service does about topics when it starts. */
@ConfigMapping(prefix = "wf.topics")
public interface TopicsConfig {

  /** Whether topics that are missing are created. If not, a missing one refuses the start. */
  @WithDefault("true")
  boolean create();

  /** Copies of each created partition; absent means the broker's default. */
  Optional<Short> replicationFactor();

  /** How long the broker may be out of reach at the start before the service gives up. */
  @WithDefault("60S")
  Duration timeout();
}
