package dev.wrinklefree.delivery.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The bytes that a subscriber and this service share, in the form of Standard Webhooks: {@code
 * whsec_} and Base64 of 24 to 64 bytes. Never logged: its text is not its {@link #toString()}.
 */
final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final int GENERATED_BYTES = 32;

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  static WebhookSecret generate(SecureRandom random) {
    byte[] bytes = new byte[GENERATED_BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /**
   * Reads a subscriber's own.
   *
   * @throws IllegalArgumentException with a sentence that does not hold the secret
   */
  static WebhookSecret parse(String text) {
    if (text.startsWith(PREFIX)) {
      byte[] bytes = decode(text.substring(PREFIX.length()));
      if (bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES) {
        return new WebhookSecret(bytes);
      }
    }
    throw new IllegalArgumentException(
        "must be " + PREFIX + " and the Base64 of " + MIN_BYTES + " to " + MAX_BYTES + " bytes");
  }

  static WebhookSecret ofBytes(byte[] bytes) {
    return new WebhookSecret(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** What the subscriber is shown, once. */
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
