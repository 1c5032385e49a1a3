package dev.wrinklefree.monitor.training;

import java.time.Instant;

/** Where it is recorded, for all replicas, how the looks at W&amp;B go. */
interface TrainingLog {

  /** All projects that were asked answered, or there was nothing to ask. */
  void succeeded(Instant at);

  /**
   * One of them did not.
   *
   * @param reason for people
   */
  void failed(String reason, Instant at);
}
