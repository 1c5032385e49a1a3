package dev.wrinklefree.outbox.relay;

/** What is counted of the relay's work; the edge decides where the figures go. */
interface RelayMeters {

  /** A wave is over. */
  void add(Wave wave);
}
