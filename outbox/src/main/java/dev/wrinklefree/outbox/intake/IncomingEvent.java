package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.RawEvent;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventData;

/**
 * An event that this service has not handled yet.
 *
 * @param raw attributes and JSON
 * @param bodyConflict whether (source, id) was handled before with another type, run or body: its
 *     producer contradicts itself, and the first word stands
 */
public record IncomingEvent(RawEvent raw, boolean bodyConflict) {

  private static final EventCodec CODEC = new EventCodec();

  /** Its CloudEvents attributes. */
  public EventAttributes attributes() {
    return raw.attributes();
  }

  /**
   * Its data as the record of its type.
   *
   * @throws UnreadableEventException if a required field is missing or one has a wrong type
   */
  public <D extends EventData> D as(Class<D> dataClass) throws UnreadableEventException {
    return CODEC.typed(raw, dataClass);
  }
}
