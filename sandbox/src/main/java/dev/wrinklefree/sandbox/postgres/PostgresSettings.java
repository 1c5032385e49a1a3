package dev.wrinklefree.sandbox.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link PostgresServer} listens and keeps its data.
 *
 * @param port the TCP port on the loopback address, or 0 for any free one
 * @param directory where databases are kept from one run to the next, or null for a temporary
 *     directory that is deleted on close
 * @param logFile where the server's own log is appended, or null for a file within the data
 */
public record PostgresSettings(int port, @Nullable Path directory, @Nullable Path logFile) {

  /** Refuses a port that cannot be. */
  public PostgresSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("PostgreSQL port must be 0 to 65535, not " + port);
    }
  }

  /** Any free port, and data that lasts as long as the server. */
  public static PostgresSettings temporary() {
    return new PostgresSettings(0, null, null);
  }
}
