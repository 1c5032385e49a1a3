package dev.wrinklefree.outbox.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are consumed. */
@ConfigMapping(prefix = "wf.intake")
public interface IntakeConfig {

  /** Shortest wait before a record is tried again. */
  @WithDefault("0.1S")
  Duration firstBackoff();

  /** Longest wait before a record is tried again. */
  @WithDefault("10S")
  Duration longestBackoff();

  /** How often a handler is tried whose failure is not the database's. */
  @WithDefault("3")
  int handlerTries();

  /** For how long a record may fail before the service is no longer ready. */
  @WithDefault("10S")
  Duration readinessLimit();

  /**
   * How long an event's identity is remembered. A repeat after that is handled anew, so it must be
   * longer than any consumer group stays behind.
   */
  @WithDefault("14D")
  Duration inboxRetention();

  /** How often older identities are deleted. */
  @WithDefault("1H")
  Duration pruneInterval();
}
