package dev.wrinklefree.skypilot.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it came: a part of the bytes of an answer, which are kept as they are and read
 * only where they are needed. Equal slices are the same bytes, and so the same value. Immutable as
 * long as the bytes are left alone.
 */
public final class JsonSlice {
  private final byte[] bytes;
  private final int from;
  private final int to;

  JsonSlice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** A whole document in UTF-8, which is not copied. */
  public static JsonSlice of(byte[] document) {
    return new JsonSlice(document, 0, document.length);
  }

  /** A whole document. */
  public static JsonSlice of(String document) {
    return of(document.getBytes(StandardCharsets.UTF_8));
  }

  /** Its bytes. */
  public int length() {
    return to - from;
  }

  /** The value, or nothing if it is not readable. */
  public Optional<JsonNode> value() {
    return Json.parse(bytes, from, length());
  }

  /** The members of an object by name, each unread; nothing if it is no readable object. */
  public Optional<Map<String, JsonSlice>> members() {
    return Json.members(bytes, from, length(), null);
  }

  /**
   * The same for someone who expects a certain value: where a member is that, its bytes are only
   * compared, and it is this very slice.
   */
  Optional<Map<String, JsonSlice>> members(@Nullable JsonSlice expected) {
    return Json.members(bytes, from, length(), expected);
  }

  /** Whether it stands there in other bytes. */
  boolean stands(byte[] document, int start, int end) {
    return end - start >= length()
        && Arrays.equals(bytes, from, to, document, start, start + length());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof JsonSlice slice
            && Arrays.equals(bytes, from, to, slice.bytes, slice.from, slice.to));
  }

  @Override
  public int hashCode() {
    int hash = length();
    for (int index = from; index < to; index++) {
      hash = 31 * hash + bytes[index];
    }
    return hash;
  }

  /** Its text. */
  @Override
  public String toString() {
    return new String(bytes, from, length(), StandardCharsets.UTF_8);
  }
}
