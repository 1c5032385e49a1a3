package dev.wrinklefree.outbox;

import java.util.List;

/** A CDI bean that is told of every event in the transaction that appends it. */
public interface OutboxListener {

  /**
   * Events were appended. What is written to the default data source now commits or is rolled back
   * with them; an exception makes the append fail.
   *
   * @param events at least one, in their order
   */
  void appended(List<AppendedEvent> events);
}
