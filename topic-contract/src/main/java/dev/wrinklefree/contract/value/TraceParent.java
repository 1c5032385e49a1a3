package dev.wrinklefree.contract.value;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code traceparent} of <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>,
 * version 00: which trace an event belongs to.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero
 * @param flags two lower-case hexadecimal digits; the lowest bit means sampled
 */
public record TraceParent(String traceId, String parentId, String flags) {

  private static final String SAMPLED = "01";
  private static final int TRACE_ID_BYTES = 16;
  private static final int PARENT_ID_BYTES = 8;

  /** A later version may have more after the flags, and must be read by what is known of it. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?<version>[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})-(?<parent>(?!0{16})[0-9a-f]{16})"
              + "-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

  /** Reads one; empty if there is none or it is malformed, which means that a trace begins here. */
  public static Optional<TraceParent> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()
        || matcher.group("version").equals("ff")
        || (matcher.group("version").equals("00") && matcher.group("more") != null)) {
      return Optional.empty();
    }
    return Optional.of(
        new TraceParent(matcher.group("trace"), matcher.group("parent"), matcher.group("flags")));
  }

  /**
   * The trace that begins with an event that has none. The same event begins the same trace,
   * however often it is delivered and whichever service sees it first.
   *
   * @param source the event's CloudEvents source
   * @param id the event's CloudEvents id
   */
  public static TraceParent begunBy(String source, String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((source + " " + id).getBytes(StandardCharsets.UTF_8));
      HexFormat hex = HexFormat.of();
      return new TraceParent(
          hex.formatHex(digest, 0, TRACE_ID_BYTES),
          hex.formatHex(digest, TRACE_ID_BYTES, TRACE_ID_BYTES + PARENT_ID_BYTES),
          SAMPLED);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As it is written into {@code ce_traceparent}. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + parentId + "-" + flags;
  }
}
