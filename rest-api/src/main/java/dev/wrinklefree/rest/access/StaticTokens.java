package dev.wrinklefree.rest.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The static tokens, known by their SHA-256 alone.
 *
 * <p>A slow, salted hash such as Argon2 protects a secret that people choose and that can be
 * guessed. A token is 256 random bits: there is nothing to guess and no two are equal, so one round
 * of SHA-256 is as hard to invert and costs a request nothing. Whoever reads the configuration
 * learns no token.
 */
final class StaticTokens {

  private final Map<String, Holder> holders;

  /**
   * @param holders by their token's hash in hexadecimal digits
   */
  private StaticTokens(Map<String, Holder> holders) {
    this.holders = Map.copyOf(holders);
  }

  /**
   * Who holds a token.
   *
   * @param principal the holder's name
   * @param roles of {@link Roles}
   */
  record Holder(String principal, Set<String> roles) {}

  /**
   * Reads the configured tokens.
   *
   * @throws IllegalArgumentException if a hash is none, a role is unknown or missing, or two tokens
   *     are the same; the message says which
   */
  static StaticTokens of(Map<String, AccessConfig.Token> configured) {
    Map<String, Holder> holders = new HashMap<>();
    configured.forEach(
        (name, token) -> {
          String principal = token.principal().orElse(name);
          if (principal.isBlank()) {
            throw wrong(name, "principal", "is blank");
          }
          Holder holder = new Holder(principal, roles(name, token.roles()));
          if (holders.putIfAbsent(hash(name, token.sha256()), holder) != null) {
            throw wrong(name, "sha256", "is that of another token, too");
          }
        });
    return new StaticTokens(holders);
  }

  /** How many there are. */
  int count() {
    return holders.size();
  }

  /** Who holds that token. The time that it takes tells nothing of how nearly one was met. */
  Optional<Holder> holderOf(String token) {
    byte[] presented = sha256(token);
    @Nullable Holder found = null;
    for (Map.Entry<String, Holder> known : holders.entrySet()) {
      if (MessageDigest.isEqual(HexFormat.of().parseHex(known.getKey()), presented)) {
        found = known.getValue();
      }
    }
    return Optional.ofNullable(found);
  }

  private static String hash(String name, String text) {
    String hash = text.strip().toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw wrong(name, "sha256", "must be 64 hexadecimal digits");
    }
    return hash;
  }

  private static Set<String> roles(String name, Set<String> roles) {
    if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
      throw wrong(name, "roles", "must be some of " + String.join(", ", new TreeSet<>(Roles.ALL)));
    }
    return Set.copyOf(roles);
  }

  private static IllegalArgumentException wrong(String name, String member, String what) {
    return new IllegalArgumentException("wf.access.tokens.%s.%s %s".formatted(name, member, what));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
