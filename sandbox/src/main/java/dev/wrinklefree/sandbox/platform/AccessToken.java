package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The token that lets its owner use the REST interfaces of one sandbox: new for every run, in a
 * file that only the owner can read. The services are told its hash alone.
 */
final class AccessToken {

  /** Whose runs they are that are launched with it. */
  private static final String PRINCIPAL = "sandbox";

  private static final int BYTES = 32;

  private final String hash;

  private AccessToken(String hash) {
    this.hash = hash;
  }

  /** Makes a token and writes it to a file, which is replaced. */
  static AccessToken create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = "wf_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token + "\n");
    return new AccessToken(sha256(token));
  }

  /** What makes a service accept it. */
  Map<String, String> environment() {
    String prefix = "WF_ACCESS_TOKENS_" + PRINCIPAL.toUpperCase(Locale.ROOT);
    return Map.of(prefix + "_SHA256", hash, prefix + "_ROLES", "admin");
  }

  private static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
