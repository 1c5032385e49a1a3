package dev.wrinklefree.cost.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How prices are read from SkyPilot's catalogue; not at all without {@code wf.skypilot.endpoint}.
 */
@ConfigMapping(prefix = "wf.cost.price-refresh")
interface CatalogConfig {

  /** Time between two successful readings; SkyPilot brings its own files up to date every 7 h. */
  @WithDefault("6H")
  Duration interval();

  /** Time after a reading that failed until the next. */
  @WithDefault("5M")
  Duration retry();

  /** Accelerators whose prices are read. */
  @WithDefault("H100,H200,B200,A100,A100-80GB,A10G,L4,L40S,T4")
  List<String> accelerators();

  /**
   * Clouds whose rows are not believed, in lower case. Nebius: 2.95 for an H100, which its price
   * list had at 3.85.
   */
  @WithDefault("nebius")
  Optional<List<String>> notFrom();
}
