package dev.wrinklefree.sandbox.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link KafkaBroker} listens and keeps its data.
 *
 * @param port the TCP port for clients on the loopback address, or 0 for any free one
 * @param directory where topics are kept from one run to the next, or null for a temporary
 *     directory that is deleted on close
 * @param doors further ports for clients
 * @param properties broker settings by Kafka's own names, which win over the defaults
 */
public record KafkaBrokerSettings(
    int port, @Nullable Path directory, List<Door> doors, Map<String, String> properties) {

  /** Refuses a port that cannot be, and copies the collections. */
  public KafkaBrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Kafka port must be 0 to 65535, not " + port);
    }
    doors = List.copyOf(doors);
    properties = Map.copyOf(properties);
  }

  /** One port for clients, and the default settings. */
  public KafkaBrokerSettings(int port, @Nullable Path directory) {
    this(port, directory, List.of(), Map.of());
  }

  /**
   * A port behind a proxy. Who bootstraps through it is told the proxy's address for all that
   * follows, so its whole traffic takes that way.
   *
   * @param name of the listener: upper-case letters
   * @param port that the broker listens on
   * @param advertisedPort of the proxy, which clients are sent to
   */
  public record Door(String name, int port, int advertisedPort) {}

  /** Any free port, and data that lasts as long as the broker. */
  public static KafkaBrokerSettings temporary() {
    return new KafkaBrokerSettings(0, null);
  }

  /** The directory that outlives the broker, if there is one. */
  public Optional<Path> keptDirectory() {
    return Optional.ofNullable(directory);
  }
}
