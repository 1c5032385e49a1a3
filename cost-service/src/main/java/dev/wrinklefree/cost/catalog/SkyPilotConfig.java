package dev.wrinklefree.cost.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the SkyPilot API server is reached, if prices are to be read from it. */
@ConfigMapping(prefix = "wf.skypilot")
interface SkyPilotConfig {

  /**
   * {@code http(s)://host[:port][/prefix]}, without credentials; absent: prices of the book only.
   */
  Optional<URI> endpoint();

  /** A service account token; not together with {@link #username()}. */
  Optional<String> token();

  /** User of HTTP basic authentication; needs {@link #password()}. */
  Optional<String> username();

  /** Password of HTTP basic authentication. */
  Optional<String> password();

  /** Who a server that does not authenticate books our requests on. */
  @WithDefault("wrinklefree")
  String userId();

  /** That user's name in the server's lists. */
  @WithDefault("wrinklefree")
  String userName();

  /** The longest wait for the catalogue, which the server may have to download first. */
  @WithDefault("2M")
  Duration deadline();
}
