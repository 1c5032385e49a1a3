package dev.wrinklefree.contract.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names one training run everywhere: it is the record key, the CloudEvents subject, the SkyPilot
 * job name, the W&amp;B run id and the last segment of the checkpoint prefix.
 *
 * @param value 1 to 63 characters, {@value #PATTERN}: the common ground of SkyPilot job names, DNS
 *     labels, object names and W&amp;B run ids
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {

  /** The legal form, as a regular expression that JSON Schema understands too. */
  public static final String PATTERN = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

  private static final Pattern LEGAL = Pattern.compile(PATTERN);

  /** Hex digits of the digest that a derived id keeps: 96 bits, so that two never meet. */
  private static final int DERIVED_DIGITS = 24;

  /**
   * @throws IllegalArgumentException if {@code value} does not match {@link #PATTERN}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (!isLegal(value)) {
      throw new IllegalArgumentException(
          "run id must match " + PATTERN + " (1 to 63 lower-case letters, digits and hyphens)");
    }
  }

  /** Whether {@code value} can be a run id. */
  public static boolean isLegal(String value) {
    return LEGAL.matcher(value).matches();
  }

  /**
   * The run id of a launch request whose producer chose none. The same event gives the same run id,
   * so a repeated delivery cannot start a second run.
   *
   * @param source the event's CloudEvents source
   * @param eventId the event's CloudEvents id
   */
  public static RunId derivedFrom(String source, String eventId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((source + "\n" + eventId).getBytes(StandardCharsets.UTF_8));
      return new RunId("run-" + HexFormat.of().formatHex(digest).substring(0, DERIVED_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
