package dev.wrinklefree.delivery.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How events are sent to subscribers' addresses. */
@ConfigMapping(prefix = "wf.webhooks")
public interface WebhookConfig {

  /**
   * Base64 of the 32 bytes that encrypt subscribers' secrets in the database; {@code openssl rand
   * -base64 32} makes one. All replicas need the same. Without it no webhook can be created.
   */
  Optional<String> key();

  /** Keys of before, so that secrets which they encrypted can still be read. */
  Optional<List<String>> formerKeys();

  /**
   * Whether webhooks may go to loopback, link-local, private and other addresses that are not the
   * public internet's. Whoever may create a webhook can then reach what only this service reaches.
   */
  @WithDefault("false")
  boolean allowPrivateAddresses();

  /** Whether this process delivers; creating webhooks and writing deliveries works in any case. */
  @WithDefault("true")
  boolean deliver();

  /** The most webhooks of one owner. */
  @WithDefault("50")
  int maxPerOwner();

  /**
   * The waits between the attempts at one delivery, each up to a fifth longer or shorter by chance:
   * 8 tries in 28 hours, as the Standard Webhooks specification suggests.
   */
  @WithDefault("5S,5M,30M,2H,5H,10H,10H")
  List<Duration> retryDelays();

  /** From connecting to the last byte of the answer. */
  @WithDefault("15S")
  Duration timeout();

  /** Attempts under way at once in this process. */
  @WithDefault("32")
  int maxInFlight();

  /** Of them to one host. */
  @WithDefault("4")
  int maxInFlightPerHost();

  /** How often to look for deliveries that nobody in this process was woken for. */
  @WithDefault("1S")
  Duration idleInterval();

  /** How long a secret that was rotated goes on signing beside the new one. */
  @WithDefault("24H")
  Duration formerSecretLifetime();

  /** How long dead letters are kept. */
  @WithDefault("30D")
  Duration deadLetterRetention();

  /** A webhook of one run ends when nothing was delivered to it for that long. */
  @WithDefault("30D")
  Duration runIdleLimit();

  /** How often the two are looked for. */
  @WithDefault("1H")
  Duration pruneInterval();
}
