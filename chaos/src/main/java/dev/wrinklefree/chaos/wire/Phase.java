package dev.wrinklefree.chaos.wire;

/** Which way a message goes. */
public enum Phase {
  /** From a service to its server. */
  REQUEST,
  /** Back. */
  ANSWER
}
