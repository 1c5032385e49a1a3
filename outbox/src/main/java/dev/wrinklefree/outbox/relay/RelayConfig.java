package dev.wrinklefree.outbox.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How committed events reach the broker. */
@ConfigMapping(prefix = "wf.outbox")
public interface RelayConfig {

  /** Whether this process publishes at all; another replica may do it for it. */
  @WithDefault("true")
  boolean relayEnabled();

  /**
   * Threads that publish. With two, an event that commits while a wave waits for the broker is
   * published at once by the other.
   */
  @WithDefault("2")
  int relayThreads();

  /** Most events in one wave. */
  @WithDefault("200")
  int waveLimit();

  /**
   * How often to look for events that nobody in this process was woken for: those that another
   * replica left behind when it died.
   */
  @WithDefault("1S")
  Duration idleInterval();

  /** Shortest wait after a failure. */
  @WithDefault("0.1S")
  Duration firstBackoff();

  /** Longest wait after a failure. */
  @WithDefault("10S")
  Duration longestBackoff();

  /** How long one attempt to publish an event may take before it counts as failed. */
  @WithDefault("10S")
  Duration deliveryTimeout();

  /**
   * How long to wait at shutdown for the wave that is under way. Usually it takes milliseconds;
   * with the broker away it cannot end, and its events stay in the outbox.
   */
  @WithDefault("2S")
  Duration stopTimeout();

  /** How often the backlog is counted for metrics and health. */
  @WithDefault("2S")
  Duration measureInterval();

  /** Age of the oldest unpublished event from which the service is no longer ready. */
  @WithDefault("60S")
  Duration readinessLimit();
}
