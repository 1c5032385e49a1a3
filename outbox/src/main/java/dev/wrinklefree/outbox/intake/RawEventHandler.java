package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;

/** What a service does with an event, inside the transaction that also marks it as handled. */
@FunctionalInterface
public interface RawEventHandler {

  /**
   * Handles an event. Only the service's own database is touched: whatever else is to be done is
   * appended to the outbox or scheduled as durable work. May be called again for the same event
   * after its transaction was rolled back.
   *
   * @throws UnreadableEventException if the data is not what its type promises and the event cannot
   *     be answered either; it becomes a dead letter
   */
  void handle(IncomingEvent event) throws UnreadableEventException;
}
