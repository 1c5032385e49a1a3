package dev.wrinklefree.outbox.relay;

/** Told of the relay's work; the edge decides where the figures go. */
interface RelayMeters {

  /** A wave is over. */
  void add(Wave wave);

  /** Something failed; what is in the outbox stays there until a later wave succeeds. */
  void failed(String reason);
}
