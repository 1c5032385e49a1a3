package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Run ids for those who choose none: readable, such as {@code smollm2-135m-w2-k3v9q0ab}, and the
 * same for the same key.
 */
final class GeneratedRunId {

  /** Crockford's base 32: no letter that looks like a digit. */
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  /**
   * 40 bits: among a hundred thousand runs of one model two collide with a chance of 0.5 %, and the
   * second is then rejected as a conflict, not mixed up.
   */
  private static final int SUFFIX_LENGTH = 8;

  private static final int MAX_MODEL_LENGTH = 40;

  private GeneratedRunId() {}

  /**
   * The run id for a key.
   *
   * @param parts what makes it readable; what is null is left out
   */
  static RunId of(String key, @Nullable String... parts) {
    String readable =
        Arrays.stream(parts)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("-"))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String letterFirst = readable.replaceAll("^[^a-z]+", "");
    String head = letterFirst.isEmpty() ? "run" : letterFirst;
    String cut = head.length() > MAX_MODEL_LENGTH ? head.substring(0, MAX_MODEL_LENGTH) : head;
    return new RunId(cut.replaceAll("-+$", "") + "-" + suffix(key));
  }

  private static String suffix(String key) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      // Five bits of a byte each: all digits are as likely.
      suffix.append(DIGITS.charAt(digest[i] & (DIGITS.length() - 1)));
    }
    return suffix.toString();
  }
}
