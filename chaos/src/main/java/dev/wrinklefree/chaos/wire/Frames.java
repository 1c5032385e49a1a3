package dev.wrinklefree.chaos.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads pieces of a stream whose length is known. */
final class Frames {

  /**
   * No message of the protocols here is longer; a longer one means that the reader lost its way.
   */
  static final int LONGEST = 64 * 1024 * 1024;

  private Frames() {}

  /** The next bytes of that number. */
  static byte[] exactly(InputStream in, int length) throws IOException {
    if (length < 0 || length > LONGEST) {
      throw new IOException("a message of " + length + " bytes: this is another protocol");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the stream ended within a message");
    }
    return bytes;
  }

  /** The big-endian number at an offset. */
  static int int32(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 24
        | (bytes[offset + 1] & 0xff) << 16
        | (bytes[offset + 2] & 0xff) << 8
        | (bytes[offset + 3] & 0xff);
  }

  /** The big-endian number of two bytes at an offset. */
  static int int16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
  }

  /** One piece after the other. */
  static byte[] joined(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    byte[] all = new byte[length];
    int offset = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, offset, piece.length);
      offset += piece.length;
    }
    return all;
  }
}
