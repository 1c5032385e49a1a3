package dev.wrinklefree.launch.connection;

import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one client of the SkyPilot API server. */
@Singleton
class SkyPilotBeans {

  /** At the start, so that a setting that cannot be is told then and not by every submit. */
  @Produces
  @Singleton
  @Startup
  SkyPilotClient skyPilotClient(SkyPilotConfig config) {
    return new SkyPilotClient(settings(config));
  }

  @Produces
  @Singleton
  SkyPilot skyPilot(SkyPilotClient client) {
    return new SkyPilotServer(client);
  }

  /** The longest that one launch request may take to be answered with its id. */
  @Produces
  @Singleton
  SubmitTimeout submitTimeout(SkyPilotConfig config) {
    return new SubmitTimeout(config.submitTimeout());
  }

  void close(@Disposes SkyPilotClient client) {
    client.close();
  }

  static SkyPilotSettings settings(SkyPilotConfig config) {
    return SkyPilotSettings.of(
            config.endpoint(), new UserIdentity(config.userId(), config.userName()))
        .withAuthentication(
            Authentication.of(
                "wf.skypilot",
                config.token().orElse(null),
                config.username().orElse(null),
                config.password().orElse(null)))
        .withTimeouts(
            new Timeouts(
                config.connectTimeout(),
                config.submitTimeout(),
                config.pollTimeout(),
                config.requestDeadline(),
                Timeouts.DEFAULT.silence()));
  }
}
