package dev.wrinklefree.delivery.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets for the database with AES-256-GCM, so that a copy of it signs nothing. Each box
 * is bound to its subscription, and says which key opens it: format 1, four bytes of the key's
 * SHA-256, 12 bytes of nonce, text and tag.
 */
final class SecretBox {

  private static final byte FORMAT = 1;
  private static final int KEY_BYTES = 32;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final List<Key> keys;
  private final SecureRandom random;

  private record Key(byte[] id, SecretKeySpec spec) {}

  private SecretBox(List<Key> keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * @param base64Keys the first encrypts, all decrypt
   * @throws IllegalArgumentException if one is not the Base64 of 32 bytes
   */
  static SecretBox of(List<String> base64Keys, SecureRandom random) {
    List<Key> keys = new ArrayList<>();
    for (String text : base64Keys) {
      byte[] bytes = decode(text.strip());
      byte[] id = Arrays.copyOf(sha256(bytes), KEY_ID_BYTES);
      keys.add(new Key(id, new SecretKeySpec(bytes, "AES")));
    }
    return new SecretBox(List.copyOf(keys), random);
  }

  /** Whether anything can be encrypted. */
  boolean hasKey() {
    return !keys.isEmpty();
  }

  byte[] close(WebhookSecret secret, String subscription) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Key key = keys.getFirst();
    byte[] text = crypt(Cipher.ENCRYPT_MODE, key, nonce, subscription, secret.bytes());
    return ByteBuffer.allocate(1 + KEY_ID_BYTES + NONCE_BYTES + text.length)
        .put(FORMAT)
        .put(key.id())
        .put(nonce)
        .put(text)
        .array();
  }

  /**
   * @throws IllegalStateException if no key opens it
   */
  WebhookSecret open(byte[] box, String subscription) {
    ByteBuffer buffer = ByteBuffer.wrap(box);
    byte[] id = new byte[KEY_ID_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    if (buffer.get() != FORMAT) {
      throw new IllegalStateException("the secret of " + subscription + " is of another version");
    }
    buffer.get(id).get(nonce);
    byte[] text = new byte[buffer.remaining()];
    buffer.get(text);
    Key key =
        keys.stream()
            .filter(known -> Arrays.equals(known.id(), id))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "neither wf.webhooks.key nor wf.webhooks.former-keys opens the secret of "
                            + subscription));
    return WebhookSecret.ofBytes(crypt(Cipher.DECRYPT_MODE, key, nonce, subscription, text));
  }

  private static byte[] crypt(int mode, Key key, byte[] nonce, String subscription, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(subscription.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the secret of " + subscription + " cannot be used", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] decode(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "wf.webhooks.key and wf.webhooks.former-keys must be the Base64 of "
              + KEY_BYTES
              + " bytes; openssl rand -base64 32 makes one");
    }
    return key;
  }
}
