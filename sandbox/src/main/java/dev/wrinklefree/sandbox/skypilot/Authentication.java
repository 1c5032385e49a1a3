package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

/** What a caller has to prove. */
public sealed interface Authentication {

  /** Nothing: the caller is who {@code env_vars} say, as with {@code sky api start}. */
  record None() implements Authentication {}

  /**
   * HTTP basic authentication by the server itself, for loopback callers too, which a real server
   * trusts unless something stands in front of it. {@code /api/health} stays open.
   *
   * @param user user name, also the identity of the caller
   * @param password password
   */
  record Basic(String user, String password) implements Authentication {
    public Basic {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "Basic[" + user + "]";
    }
  }

  /**
   * A service account token in {@code Authorization: Bearer}, as where an ingress demands one with
   * {@code X-Skypilot-Auth-Mode: token}; for {@code /api/health} too.
   *
   * @param token the whole token; real ones begin with {@code sky_}
   */
  record Bearer(String token) implements Authentication {
    public Bearer {
      requireNonNull(token, "token is null");
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
