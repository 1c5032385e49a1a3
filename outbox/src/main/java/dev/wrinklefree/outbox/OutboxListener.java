package dev.wrinklefree.outbox;

import dev.wrinklefree.contract.cloudevents.EventAttributes;

/** A CDI bean that is told of every event in the transaction that appends it. */
public interface OutboxListener {

  /**
   * An event was appended. What is written to the default data source now commits or is rolled back
   * with the event; an exception makes the append fail.
   *
   * @param attributes as they will be published
   * @param data its data as JSON; not to be changed
   */
  void appended(EventAttributes attributes, byte[] data);
}
