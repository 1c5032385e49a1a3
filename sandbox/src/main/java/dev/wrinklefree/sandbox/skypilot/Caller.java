package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param id user id, in SkyPilot a hash
 * @param name user name
 */
record Caller(String id, String name) {

  private static final int ID_BYTES = 4;

  /** Whom a body without {@code env_vars} speaks for: the operating system's user of the server. */
  static final Caller SERVER = new Caller("sandbox0", "sandbox");

  Caller {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
  }

  /** Who a proxy says that calls; the real server's id of that name is the beginning of its MD5. */
  static Caller named(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
      return new Caller(HexFormat.of().formatHex(digest, 0, ID_BYTES), name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** A key that a real server reads without looking whether it is there. */
  static final class MissingVariableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingVariableException(String name) {
      super(name);
    }
  }

  /**
   * The authenticated identity, else the one that the body claims.
   *
   * @throws MissingVariableException if {@code env_vars} is there and has no user
   */
  static Caller of(Optional<Caller> authenticated, Optional<Map<String, String>> variables) {
    Optional<Caller> claimed =
        variables.map(
            map -> new Caller(required(map, "SKYPILOT_USER_ID"), required(map, "SKYPILOT_USER")));
    return authenticated.or(() -> claimed).orElse(SERVER);
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new MissingVariableException(name);
    }
    return value;
  }
}
