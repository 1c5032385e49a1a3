package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;

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
        .withAuthentication(
            Authentication.of(
                "wf.skypilot",
                config.token().orElse(null),
                config.username().orElse(null),
                config.password().orElse(null)))
        .withTimeouts(timeouts);
  }
}
