package dev.wrinklefree.chaos.wire;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection's two directions message by message. Each direction is read by a thread of
 * its own; what an answer is for is known from the request that passed before.
 */
interface Dialogue {

  /** The next message of the client; null at the end of the stream. */
  @Nullable Message request(InputStream in) throws IOException;

  /** The next message of the server; null at the end of the stream. */
  @Nullable Message answer(InputStream in) throws IOException;
}
