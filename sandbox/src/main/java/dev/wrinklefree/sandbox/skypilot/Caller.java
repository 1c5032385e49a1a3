package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param id user id, in SkyPilot a hash
 * @param name user name
 */
record Caller(String id, String name) {

  /** Whom a body without {@code env_vars} speaks for: the operating system's user of the server. */
  static final Caller SERVER = new Caller("sandbox0", "sandbox");

  Caller {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
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
