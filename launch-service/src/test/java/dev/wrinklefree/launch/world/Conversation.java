package dev.wrinklefree.launch.world;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A stranger who asks on the request topics and listens to the answers. */
public final class Conversation implements AutoCloseable {

  /** CloudEvents source of all that is asked. */
  public static final String SOURCE = "/somebody";

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer answers = ContractConsumer.of(Topic.LAUNCH_STATE);

  /** Sends what cannot be said by the other methods. */
  public ContractProducer producer() {
    return producer;
  }

  /** Requests a launch, with an event id of its own. */
  public EventAttributes launch(RunId runId, String json) {
    return launch(runId, UUID.randomUUID().toString(), json);
  }

  /** Requests a launch. */
  public EventAttributes launch(RunId runId, String eventId, String json) {
    EventAttributes attributes =
        new EventAttributes(
            eventId,
            SOURCE,
            EventType.LAUNCH_REQUESTED,
            runId,
            Fixtures.REQUESTED_AT,
            null,
            null,
            null,
            null,
            null);
    producer.send(attributes, json.getBytes(StandardCharsets.UTF_8));
    return attributes;
  }

  /** Requests a cancel. */
  public EventAttributes cancel(RunId runId) {
    return producer.send(runId, new CancelRequested("wrong data set", "dana@example.org"));
  }

  /** Requests a cancel, and says that this was at that time. */
  public void cancel(RunId runId, Instant at) {
    EventAttributes attributes =
        new EventAttributes(
            UUID.randomUUID().toString(),
            SOURCE,
            EventType.CANCEL_REQUESTED,
            runId,
            at,
            null,
            null,
            null,
            null,
            null);
    producer.send(attributes, "{}".getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for a run's first answer of that kind. */
  public <D extends EventData> D await(RunId runId, Class<D> kind) {
    return answers.awaitEvent(runId, kind).data();
  }

  /** Waits until there are so many answers about a run. */
  public List<Event<?>> await(RunId runId, int count) {
    return answers.awaitEvents(runId, count);
  }

  /** The kinds of all answers about a run so far, in order. */
  public List<EventType> answers(RunId runId) {
    return answers.events(runId).stream().map(event -> event.attributes().type()).toList();
  }

  @Override
  public void close() {
    producer.close();
    answers.close();
  }
}
