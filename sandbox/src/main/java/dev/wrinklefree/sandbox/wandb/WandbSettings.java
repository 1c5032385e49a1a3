package dev.wrinklefree.sandbox.wandb;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What the stand-in of W&amp;B is started with.
 *
 * @param port TCP port on the loopback address; 0 takes any free one
 * @param apiKey the key of its only account; W&amp;B's client takes letters, digits and
 *     underscores, 40 or more
 * @param entity the account's name, and the entity of projects whose caller names none
 * @param staleAfter silence after which a running run counts as crashed; W&amp;B takes 5 minutes
 */
public record WandbSettings(int port, String apiKey, String entity, Duration staleAfter) {

  /** The key that the sandbox hands out. It opens nothing but the sandbox. */
  public static final String SANDBOX_KEY = "sandbox_key_of_forty_characters_and_more_";

  /** The account's name unless another is set. */
  public static final String SANDBOX_ENTITY = "sandbox";

  private static final Duration STALE_AFTER = Duration.ofMinutes(5);

  public WandbSettings {
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(entity, "entity is null");
    requireNonNull(staleAfter, "staleAfter is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is not within 0..65535: " + port);
    }
    if (staleAfter.isNegative() || staleAfter.isZero()) {
      throw new IllegalArgumentException("staleAfter is not positive: " + staleAfter);
    }
  }

  /** The sandbox's account, and W&amp;B's own limit for silence. */
  public static WandbSettings at(int port) {
    return new WandbSettings(port, SANDBOX_KEY, SANDBOX_ENTITY, STALE_AFTER);
  }

  /** The same settings with another limit for silence. */
  public WandbSettings withStaleAfter(Duration newStaleAfter) {
    return new WandbSettings(port, apiKey, entity, newStaleAfter);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "WandbSettings[port=%d, entity=%s, staleAfter=%s]".formatted(port, entity, staleAfter);
  }
}
