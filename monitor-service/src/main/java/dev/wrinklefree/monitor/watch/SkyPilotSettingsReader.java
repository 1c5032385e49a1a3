package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import java.util.Optional;

/** The client's settings from configuration. */
final class SkyPilotSettingsReader {
  private SkyPilotSettingsReader() {}

  /**
   * @throws IllegalArgumentException if the configuration contradicts itself; names the property
   */
  static SkyPilotSettings read(SkyPilotConfig config) {
    Timeouts timeouts =
        Timeouts.DEFAULT.withDeadline(config.deadline()).withSilence(config.logSilence());
    return SkyPilotSettings.of(
            config.endpoint(), new UserIdentity(config.userId(), config.userName()))
        .withAuthentication(authentication(config))
        .withTimeouts(timeouts);
  }

  private static Authentication authentication(SkyPilotConfig config) {
    Optional<String> user = config.username();
    Optional<String> password = config.password();
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "wf.skypilot.username and wf.skypilot.password need each other");
    }
    if (config.token().isPresent() && user.isPresent()) {
      throw new IllegalArgumentException(
          "wf.skypilot.token and wf.skypilot.username exclude each other");
    }
    return config
        .token()
        .<Authentication>map(Authentication.Bearer::new)
        .or(() -> user.map(name -> new Authentication.Basic(name, password.orElseThrow())))
        .orElseGet(Authentication.None::new);
  }
}
