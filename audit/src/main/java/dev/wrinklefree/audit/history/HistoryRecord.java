package dev.wrinklefree.audit.history;

import java.time.Instant;

/** A record of one of the contract's topics. */
public sealed interface HistoryRecord permits EventRecord, UnreadableRecord, DeadLetterRecord {

  /** Where it is. */
  Position position();

  /** The broker's time stamp of it. */
  Instant storedAt();
}
