package dev.wrinklefree.chaos.plan;

/** What is done when a message of a step comes by. */
public enum Strike {
  /** The message is dropped, and the service is killed. */
  KILL_SERVICE,
  /**
   * The message is delivered while the service's database is silent; then the service is killed.
   */
  DELIVER_AND_KILL_SERVICE,
  /** The message is dropped, and the server is killed. */
  KILL_SERVER,
  /** The message is dropped with its connection; nobody dies, and nobody knows. */
  CUT
}
