package dev.wrinklefree.sandbox.postgres;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link PostgresServer} listens and keeps its data.
 *
 * @param port the TCP port on the loopback address, or 0 for any free one
 * @param directory where databases are kept from one run to the next, or null for a temporary
 *     directory that is deleted on close
 * @param logFile where the server's own log is appended, or null for a file within the data
 * @param parameters of the server, by PostgreSQL's own names, beside those that it always gets
 */
public record PostgresSettings(
    int port, @Nullable Path directory, @Nullable Path logFile, Map<String, String> parameters) {

  /** Refuses a port that cannot be. */
  public PostgresSettings {
    parameters = Map.copyOf(parameters);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("PostgreSQL port must be 0 to 65535, not " + port);
    }
  }

  /** No parameters of its own. */
  public PostgresSettings(int port, @Nullable Path directory, @Nullable Path logFile) {
    this(port, directory, logFile, Map.of());
  }

  /** Any free port, and data that lasts as long as the server. */
  public static PostgresSettings temporary() {
    return new PostgresSettings(0, null, null);
  }
}
