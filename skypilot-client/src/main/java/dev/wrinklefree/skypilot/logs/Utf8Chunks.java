package dev.wrinklefree.skypilot.logs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 whose characters may straddle chunks. Malformed bytes become U+FFFD. */
final class Utf8Chunks {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** The first bytes of a character whose rest has not come, at most three. */
  private ByteBuffer pending = ByteBuffer.allocate(0);

  String decode(ByteBuffer chunk) {
    return decode(chunk, false);
  }

  /** What the pending bytes amount to when nothing more comes. */
  String finish() {
    return decode(ByteBuffer.allocate(0), true);
  }

  private String decode(ByteBuffer chunk, boolean end) {
    ByteBuffer input = ByteBuffer.allocate(pending.remaining() + chunk.remaining());
    input.put(pending).put(chunk).flip();
    // UTF-8 never yields more chars than it has bytes, so the buffer cannot overflow.
    CharBuffer output = CharBuffer.allocate(input.remaining());
    decoder.reset();
    decoder.decode(input, output, end);
    pending = input.slice();
    return output.flip().toString();
  }
}
