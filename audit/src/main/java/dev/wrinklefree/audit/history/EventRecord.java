package dev.wrinklefree.audit.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that is an event of the contract.
 *
 * @param position where it is
 * @param storedAt the broker's time stamp
 * @param names how the record names its run
 * @param attributes its CloudEvents attributes
 * @param json what it says, as JSON
 * @param data what it says; absent for a launch request that is wrong in a way that is answered
 * @param content fingerprint of all attributes and of the value's bytes
 * @param replayOf the dead letter that it is a replay of; absent on all others
 */
public record EventRecord(
    Position position,
    Instant storedAt,
    RunNames names,
    EventAttributes attributes,
    JsonNode json,
    @Nullable EventData data,
    Fingerprint content,
    @Nullable String replayOf)
    implements HistoryRecord {

  /**
   * How a record names its run.
   *
   * @param key record key
   * @param subject {@code ce_subject}
   * @param partitionKey {@code ce_partitionkey}
   */
  public record RunNames(
      @Nullable String key, @Nullable String subject, @Nullable String partitionKey) {}

  /** Its topic. */
  public Topic topic() {
    return attributes.type().topic();
  }

  /** Its run. */
  public RunId runId() {
    return attributes.runId();
  }

  /** Whether it asks for something; else it is a fact that a service of the platform tells. */
  public boolean isRequest() {
    return topic() == Topic.LAUNCH_REQUESTED || topic() == Topic.CANCEL_REQUESTED;
  }

  /** What to keep of it. */
  public Trace trace() {
    return new Trace(position, storedAt, attributes.id(), runId());
  }
}
