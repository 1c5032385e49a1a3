package dev.wrinklefree.sandbox.gcs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link StorageServer} listens and keeps its objects.
 *
 * @param port the TCP port on the loopback address, or 0 for any free one
 * @param directory where objects are kept from one run to the next, or null for a temporary
 *     directory that is deleted on close
 */
public record StorageServerSettings(int port, @Nullable Path directory) {

  /** Refuses a port that cannot be. */
  public StorageServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Storage port must be 0 to 65535, not " + port);
    }
  }

  /** Any free port, and objects that last as long as the server. */
  public static StorageServerSettings temporary() {
    return new StorageServerSettings(0, null);
  }
}
