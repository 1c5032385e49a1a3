package dev.wrinklefree.contract.cloudevents;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.TraceParent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of an event. {@code (source, id)} identifies it.
 *
 * @param id unique within {@code source}; our own are {@code <run id>:<sequence>}, so that an event
 *     repeated after a crash has the same id
 * @param source who says it; our services use {@code /<service>/<topic>}
 * @param type what it says
 * @param runId subject, partition key and record key
 * @param time when it happened
 * @param recordedTime when its producer saw it; absent on requests of strangers
 * @param sequence counts from 1 without gaps per (source, run); absent on requests of strangers
 * @param correlationId id of the launch request that began it all; absent on that request itself
 * @param causationId id of the event that caused this one
 * @param traceParent W3C trace context, as OpenTelemetry has it
 */
public record EventAttributes(
    String id,
    String source,
    EventType type,
    RunId runId,
    Instant time,
    @Nullable Instant recordedTime,
    @Nullable Long sequence,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceParent) {

  /**
   * What identifies the event among all others, for use as a key.
   *
   * @return source and id with a blank between; neither can hold one of ours
   */
  public String identity() {
    return source + " " + id;
  }

  /** The id that later events of this run carry as their {@code correlationid}. */
  public String correlationOrOwnId() {
    return correlationId == null ? id : correlationId;
  }

  /** The same in that trace. */
  public EventAttributes inTrace(TraceParent trace) {
    return new EventAttributes(
        id,
        source,
        type,
        runId,
        time,
        recordedTime,
        sequence,
        correlationId,
        causationId,
        trace.toString());
  }
}
