package dev.wrinklefree.sandbox.kafka;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link KafkaBroker} listens and keeps its data.
 *
 * @param port the TCP port for clients on the loopback address, or 0 for any free one
 * @param directory where topics are kept from one run to the next, or null for a temporary
 *     directory that is deleted on close
 */
public record KafkaBrokerSettings(int port, @Nullable Path directory) {

  /** Refuses a port that cannot be. */
  public KafkaBrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Kafka port must be 0 to 65535, not " + port);
    }
  }

  /** Any free port, and data that lasts as long as the broker. */
  public static KafkaBrokerSettings temporary() {
    return new KafkaBrokerSettings(0, null);
  }

  /** The directory that outlives the broker, if there is one. */
  public Optional<Path> keptDirectory() {
    return Optional.ofNullable(directory);
  }
}
