package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import java.util.List;

/** What a service does with events, inside the transaction that also marks them as handled. */
@FunctionalInterface
public interface BatchHandler {

  /**
   * Handles events as {@link RawEventHandler} does one.
   *
   * @param events at least one, each of another run and in the order of their records
   * @throws UnreadableEventException if one cannot be read; they are then handled one by one, so
   *     that this one alone becomes a dead letter
   */
  void handle(List<ReceivedEvent> events) throws UnreadableEventException;
}
