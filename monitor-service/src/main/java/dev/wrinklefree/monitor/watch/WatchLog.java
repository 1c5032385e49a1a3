package dev.wrinklefree.monitor.watch;

import java.time.Instant;

/** Where it is recorded, for all replicas, how the rounds go: what readiness is judged by. */
public interface WatchLog {

  /** The queue was read, as far as SkyPilot can read it. */
  void succeeded(Instant at);

  /**
   * SkyPilot stopped answering, or did not begin to.
   *
   * @param reason for people
   */
  void failed(String reason, Instant at);
}
