package dev.wrinklefree.rest.access;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Static tokens, for machines and for places without an OpenID Connect provider. */
@ConfigMapping(prefix = "wf.access")
public interface AccessConfig {

  /** The tokens, by a name that tells people which one it is; none by default. */
  Map<String, Token> tokens();

  /** One static token. */
  interface Token {

    /**
     * SHA-256 of the token's characters as 64 hexadecimal digits; {@code scripts/new-token} makes a
     * token and prints it.
     */
    String sha256();

    /** What its holder may do: {@code viewer}, {@code launcher}, {@code admin}. */
    Set<String> roles();

    /** Who its holder is, and so who owns what is launched with it; absent means its name. */
    Optional<String> principal();
  }
}
