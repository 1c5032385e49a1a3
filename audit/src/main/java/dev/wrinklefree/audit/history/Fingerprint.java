package dev.wrinklefree.audit.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * 128 bits of a SHA-256 digest: equal for equal content, and never met by chance. It stands for
 * content that is too large to keep.
 */
public record Fingerprint(long high, long low) {

  /** Of bytes. */
  public static Fingerprint of(byte[] content) {
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(content));
    return new Fingerprint(digest.getLong(), digest.getLong());
  }

  /** Of several texts; their bounds count. */
  public static Fingerprint of(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer result = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(result.getLong(), result.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
