package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.event.EventPrinter;
import dev.wrinklefree.cli.event.ToldEvent;
import dev.wrinklefree.cli.rest.EventStream;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.ServerEvent;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The services' server-sent events, merged as they come. A stream that breaks off is resumed after
 * its last event.
 */
final class ServiceStreams {

  /** The name of an event that tells of what cannot be told any more. */
  private static final String GAP = "gap";

  private record Source(Service service, String path) {}

  /** Requests are told by Kafka alone: no service has their topics. */
  private static final Map<Topic, List<Source>> SOURCES = new EnumMap<>(Topic.class);

  static {
    SOURCES.put(Topic.LAUNCH_STATE, List.of(new Source(Service.LAUNCH, "/launches/events")));
    SOURCES.put(Topic.JOB_STATE, List.of(new Source(Service.MONITOR, "/jobs/events")));
    SOURCES.put(Topic.TRAINING_PROGRESS, List.of(new Source(Service.MONITOR, "/progress/events")));
    SOURCES.put(
        Topic.CHECKPOINT_WRITTEN, List.of(new Source(Service.CHECKPOINT, "/checkpoints/events")));
    SOURCES.put(Topic.RUNNING_COST, List.of(new Source(Service.COST, "/costs/events")));
    SOURCES.put(
        Topic.RUN_ALERT,
        List.of(
            new Source(Service.MONITOR, "/alerts/events"),
            new Source(Service.CHECKPOINT, "/alerts/events"),
            new Source(Service.COST, "/alerts/events")));
  }

  private sealed interface Arrival {
    record Came(ToldEvent event) implements Arrival {}

    record Gone(String data) implements Arrival {}

    record Broke(String why) implements Arrival {}
  }

  private final WfContext context;
  private final List<Topic> topics;
  private final @Nullable String runId;
  private final PrintWriter err;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  ServiceStreams(WfContext context, List<Topic> topics, @Nullable String runId, PrintWriter err) {
    this.context = context;
    this.topics = topics;
    this.runId = runId;
    this.err = err;
  }

  /**
   * Prints until the thread is interrupted.
   *
   * @throws WfException if no stream can be read
   */
  void follow(EventPrinter printer) throws InterruptedException {
    List<Thread> readers = new ArrayList<>();
    for (Topic topic : topics) {
      for (Source source : SOURCES.getOrDefault(topic, List.of())) {
        readers.add(Thread.ofVirtual().start(() -> read(source)));
      }
    }
    int broken = 0;
    try {
      while (broken < readers.size()) {
        switch (arrivals.take()) {
          case Arrival.Came came -> printer.print(came.event());
          case Arrival.Gone gone ->
              err.println("wf: the broker has deleted events that were due here: " + gone.data());
          case Arrival.Broke broke -> {
            broken++;
            if (broken == readers.size()) {
              throw new WfException(dev.wrinklefree.cli.ExitCode.UNREACHABLE, broke.why());
            }
            err.println("wf: " + broke.why() + " Its events are not told.");
            err.flush();
          }
        }
      }
    } finally {
      readers.forEach(Thread::interrupt);
    }
  }

  private void read(Source source) {
    // All of a run, as from Kafka; of all runs what comes.
    String from = runId == null ? null : "start";
    String path = new Query(source.path()).and("runId", runId).and("from", from).toString();
    String after = null;
    boolean opened = false;
    try {
      while (true) {
        try (EventStream stream = context.services().events(source.service(), path, after)) {
          opened = true;
          Optional<ServerEvent> event = stream.next();
          while (event.isPresent()) {
            after = event.get().id().isEmpty() ? after : event.get().id();
            arrivals.add(arrival(event.get()));
            event = stream.next();
          }
        } catch (IOException e) {
          // It broke off, and is opened again.
        } catch (WfException e) {
          if (!opened) {
            throw e;
          }
        }
        Thread.sleep(context.pollInterval());
      }
    } catch (WfException e) {
      arrivals.add(
          new Arrival.Broke("cannot follow " + source.path() + ": " + e.getMessage() + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Arrival arrival(ServerEvent event) {
    if (GAP.equals(event.name())) {
      return new Arrival.Gone(event.data());
    }
    JsonNode envelope;
    try {
      envelope = context.services().mapper().readTree(event.data());
    } catch (JsonProcessingException e) {
      envelope = context.services().mapper().createObjectNode();
    }
    String type = envelope.path("type").asText(event.name());
    return new Arrival.Came(
        new ToldEvent(
            ToldEvent.time(envelope.path("time").asText(null), context.clock().instant()),
            EventType.named(type).map(t -> t.topic().topicName()).orElse(""),
            envelope.path("subject").asText(""),
            type,
            envelope.path("source").asText(""),
            envelope.path("id").asText(""),
            envelope.get("data")));
  }
}
