package dev.wrinklefree.outbox;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a service wants to publish; the outbox gives it its source, sequence and id.
 *
 * @param runId the run it is about
 * @param data what it says; decides type and topic
 * @param time when it happened
 * @param recordedTime when we saw it
 * @param correlationId id of the launch request that began it all, where known
 * @param causationId id of the event that caused this one, if one did
 * @param traceParent W3C trace context, where there is one
 */
public record OutboundEvent(
    RunId runId,
    EventData data,
    Instant time,
    Instant recordedTime,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceParent) {

  /** An event that follows from another: it carries on that one's correlation and trace. */
  public static OutboundEvent causedBy(
      EventAttributes cause, RunId runId, EventData data, Instant time, Instant recordedTime) {
    return new OutboundEvent(
        runId,
        data,
        time,
        recordedTime,
        cause.correlationOrOwnId(),
        cause.id(),
        cause.traceParent());
  }
}
