package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.catalog.Catalog;
import dev.wrinklefree.skypilot.http.ServerVersion;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The SkyPilot server's catalogue, if there is a server to ask. */
final class CatalogSource implements AutoCloseable {

  private final @Nullable SkyPilotClient client;

  /** Asks {@code client}; null for nobody. */
  CatalogSource(@Nullable SkyPilotClient client) {
    this.client = client;
  }

  boolean isThere() {
    return client != null;
  }

  /**
   * What it says of these accelerators.
   *
   * @throws IllegalStateException if there is nobody to ask
   * @throws dev.wrinklefree.skypilot.failure.SkyPilotException if there is no answer
   */
  Catalog read(Collection<String> accelerators) {
    if (client == null) {
      throw new IllegalStateException("there is no SkyPilot server to ask");
    }
    return client.accelerators(accelerators);
  }

  /** What prices say of their source. */
  String name() {
    return client == null
        ? "SkyPilot catalogue"
        : client
            .serverVersion()
            .map(ServerVersion::version)
            .filter(version -> !version.isEmpty())
            .map(version -> "SkyPilot catalogue, server " + version)
            .orElse("SkyPilot catalogue");
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
