package dev.wrinklefree.skypilot.logs;

import java.nio.ByteBuffer;
import java.util.List;

/** What a log's connection brings. */
sealed interface Chunk {

  /** Bytes as they came. */
  record Bytes(List<ByteBuffer> buffers) implements Chunk {}

  /** The server ended the stream in good order. */
  record End() implements Chunk {}

  /** The connection broke, or was silent for longer than a living one is. */
  record Lost(String reason) implements Chunk {}

  /** We closed it. */
  record Closed() implements Chunk {}
}
