package dev.wrinklefree.checkpoint.intake;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.contract.event.LaunchAccepted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an event says that a run's checkpoints are, held to what a run's home can be: an event must
 * not make this service list a whole bucket, or look for what no bucket has, for as long as a run
 * is watched.
 */
final class RunHome {

  /** Cloud Storage: 3 to 63 of these, or 222 with dots. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  /** Of an object's name, in bytes of UTF-8, by Cloud Storage. */
  private static final int MAX_BYTES = 1024;

  private static final List<String> NO_SEGMENTS = List.of("", ".", "..");

  private RunHome() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if no run can live there
   */
  static BucketPrefix of(LaunchAccepted accepted) {
    String prefix = accepted.checkpointPrefix();
    if (!BUCKET.matcher(accepted.bucket()).matches()) {
      throw new IllegalArgumentException("field bucket is no bucket's name");
    }
    if (prefix.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "field checkpointPrefix has more than " + MAX_BYTES + " bytes");
    }
    boolean odd =
        prefix.startsWith("/")
            || prefix.contains("//")
            || prefix.codePoints().anyMatch(Character::isISOControl)
            || Arrays.stream(prefix.split("/")).anyMatch(NO_SEGMENTS::contains);
    if (odd || !prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "field checkpointPrefix must be names without control characters, each with a slash"
              + " behind it");
    }
    return new BucketPrefix(accepted.bucket(), prefix);
  }
}
