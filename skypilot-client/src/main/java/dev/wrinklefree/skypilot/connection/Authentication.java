package dev.wrinklefree.skypilot.connection;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the client proves who it is. No credential is ever part of {@code toString}. */
public sealed interface Authentication {

  /** Value of the {@code Authorization} header, if one is sent. */
  Optional<String> authorizationHeader();

  /**
   * What a configuration of a token, or of a user and a password, or of neither stands for.
   *
   * @param prefix how the settings' names begin, for messages, for example {@code wf.skypilot}
   * @throws IllegalArgumentException if the settings contradict each other; names them
   */
  static Authentication of(
      String prefix, @Nullable String token, @Nullable String username, @Nullable String password) {
    if (token != null && username != null) {
      throw new IllegalArgumentException(
          prefix + ".token and " + prefix + ".username exclude each other");
    }
    if (token != null) {
      return new Bearer(token);
    }
    if (username != null && password != null) {
      return new Basic(username, password);
    }
    if (username != null || password != null) {
      throw new IllegalArgumentException(
          prefix + ".username and " + prefix + ".password need each other");
    }
    return new None();
  }

  /** A server that trusts its network (the default of {@code sky api start}). */
  record None() implements Authentication {
    @Override
    public Optional<String> authorizationHeader() {
      return Optional.empty();
    }
  }

  /** HTTP basic authentication, by the server or by the ingress in front of it. */
  record Basic(String user, String password) implements Authentication {
    public Basic {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
      if (user.isEmpty() || user.contains(":")) {
        throw new IllegalArgumentException("user must be non-empty and without a colon");
      }
    }

    @Override
    public Optional<String> authorizationHeader() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + ", password=***]";
    }
  }

  /** A service account token, {@code sky_<JWT>}. */
  record Bearer(String token) implements Authentication {
    public Bearer {
      requireNonNull(token, "token is null");
      if (!token.matches("[A-Za-z0-9._~+/=-]+")) {
        throw new IllegalArgumentException("token is empty or holds a character no token has");
      }
    }

    @Override
    public Optional<String> authorizationHeader() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[token=***]";
    }
  }
}
