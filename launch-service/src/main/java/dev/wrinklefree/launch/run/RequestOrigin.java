package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event by which a run was first requested.
 *
 * @param source its CloudEvents source
 * @param eventId its CloudEvents id
 * @param correlationId what all events of the run carry as their correlation id
 * @param traceParent W3C trace context, where there is one
 * @param at when the request was made
 */
public record RequestOrigin(
    String source, String eventId, String correlationId, @Nullable String traceParent, Instant at) {

  /** The origin that an event is. */
  public static RequestOrigin of(EventAttributes event) {
    return new RequestOrigin(
        event.source(), event.id(), event.correlationOrOwnId(), event.traceParent(), event.time());
  }
}
