package dev.wrinklefree.launch.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the SkyPilot API server is reached. Credentials come from the environment and are not logged.
 */
@ConfigMapping(prefix = "wf.skypilot")
interface SkyPilotConfig {

  /** Address of the API server, without credentials. */
  @WithDefault("http://127.0.0.1:46580")
  URI endpoint();

  /** Service account token, sent as a bearer token; not together with {@link #username()}. */
  Optional<String> token();

  /** User of HTTP basic authentication; needs {@link #password()}. */
  Optional<String> username();

  /** Password of HTTP basic authentication. */
  Optional<String> password();

  /**
   * SkyPilot's user hash, on which jobs are booked where the server does not authenticate. The
   * whole platform uses one, so that its jobs are in one queue.
   */
  @WithDefault("wrinklefree")
  String userId();

  /** That user's name in SkyPilot's lists. */
  @WithDefault("wrinklefree")
  String userName();

  /** For a TCP (and TLS) connection. */
  @WithDefault("5S")
  Duration connectTimeout();

  /** For the reply to a submit, which the server gives at once. */
  @WithDefault("30S")
  Duration submitTimeout();

  /** For one long-poll of a result; it is issued again when it ends without an answer. */
  @WithDefault("60S")
  Duration pollTimeout();

  /**
   * For a whole request; then it is cancelled. The first launch may have to provision SkyPilot's
   * jobs controller.
   */
  @WithDefault("10M")
  Duration requestDeadline();
}
