package dev.wrinklefree.contract.cloudevents;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an event goes and its CloudEvents attributes, of a type that this version of the contract
 * need not know: what a newer version committed can be published by an older one as it is.
 *
 * @param topic the topic's name
 * @param type the type's whole name
 * @param id as in {@link EventAttributes}, and so is what follows
 */
public record Envelope(
    String topic,
    String type,
    String id,
    String source,
    RunId runId,
    Instant time,
    @Nullable Instant recordedTime,
    @Nullable Long sequence,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String traceParent) {

  /** Of a type that is known. */
  public static Envelope of(EventAttributes attributes) {
    return new Envelope(
        attributes.type().topic().topicName(),
        attributes.type().typeName(),
        attributes.id(),
        attributes.source(),
        attributes.runId(),
        attributes.time(),
        attributes.recordedTime(),
        attributes.sequence(),
        attributes.correlationId(),
        attributes.causationId(),
        attributes.traceParent());
  }
}
