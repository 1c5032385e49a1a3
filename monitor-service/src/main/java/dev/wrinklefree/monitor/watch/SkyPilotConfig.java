package dev.wrinklefree.monitor.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the SkyPilot API server is reached. */
@ConfigMapping(prefix = "wf.skypilot")
public interface SkyPilotConfig {

  /** {@code http(s)://host[:port][/prefix]}, without credentials. */
  @WithDefault("http://localhost:46580")
  URI endpoint();

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

  /** The longest wait for one answer of the queue. */
  @WithDefault("30s")
  Duration deadline();

  /** The longest silence on a log stream; the server sends a heartbeat every 30 s. */
  @WithDefault("75s")
  Duration logSilence();
}
