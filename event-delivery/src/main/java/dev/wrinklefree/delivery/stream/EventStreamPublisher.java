package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests with a topic as server-sent events. Its Kafka clients are made at the first
 * request: one consumer and one thread for each topic that is asked for, and one of both for older
 * events of all of them. A connection costs a virtual thread, and no consumer.
 */
@Startup // so that its meters are told from the start
@ApplicationScoped
public class EventStreamPublisher {

  private static final Logger LOGGER = LoggerFactory.getLogger(EventStreamPublisher.class);

  private static final Duration FULL_RETRY = Duration.ofSeconds(10);

  private final StreamConfig config;
  private final StreamClients clients;
  private final RecordReader reader = new RecordReader();
  private final Map<Topic, TopicStream> streams = new EnumMap<>(Topic.class);
  private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter sent;
  private @Nullable BrokerHistory history;
  private boolean stopped;

  EventStreamPublisher(
      StreamConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "quarkus.application.name") String application,
      MeterRegistry meters) {
    this.config = config;
    this.clients =
        new StreamClients(
            kafka,
            application,
            config.historyBytes(),
            Math.toIntExact(config.brokerTimeout().toMillis()));
    Gauge.builder("wf.stream.connections", connections, AtomicInteger::get)
        .description("Clients that are being sent a topic's events")
        .register(meters);
    this.sent =
        Counter.builder("wf.stream.events")
            .description("Events sent to clients of streams")
            .register(meters);
  }

  /**
   * Streams a topic.
   *
   * @param request the request that is answered
   * @param query what the client asked for
   * @return the stream, or a problem of 503 if there are as many as this process serves
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if a parameter is wrong
   */
  public Response open(Topic topic, StreamQuery query, RoutingContext request) {
    Parameters parameters = new Parameters();
    @Nullable RunId run = parameters.runId(query.runId()).orElse(null);
    StartAt start = query.start(topic, run, parameters);
    parameters.check();
    Optional<EventFeed> opened = feed(topic, run, start);
    if (opened.isEmpty()) {
      return full();
    }
    EventFeed feed = opened.get();
    AtomicReference<@Nullable EventLines> lines = new AtomicReference<>();
    long watch =
        request
            .vertx()
            .setPeriodic(
                config.stallLimit().toMillis(),
                timer -> {
                  EventLines written = lines.get();
                  if (written != null && written.isStalled(config.stallLimit())) {
                    LOGGER.info("Closed a stream whose client takes nothing: topic={}", topic);
                    request.response().reset();
                  }
                });
    // However the answer ends, also before its first byte.
    request.addEndHandler(
        ended -> {
          request.vertx().cancelTimer(watch);
          feed.close();
        });
    if (request.response().closed()) {
      feed.close();
    }
    StreamingOutput body =
        sink -> {
          try (feed) {
            EventLines written = new EventLines(sink, config.reconnectDelay());
            lines.set(written);
            copy(feed, written);
          }
        };
    return Response.ok(body, MediaType.SERVER_SENT_EVENTS)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  /** Before the HTTP server closes: every client sees an end, and connects to another replica. */
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    synchronized (this) {
      stopped = true;
      streams.values().forEach(stream -> stream.tail().stop());
    }
    feeds.forEach(EventFeed::close);
    if (history != null) {
      history.close();
    }
  }

  private void copy(EventFeed feed, EventLines lines) throws IOException {
    try {
      while (true) {
        Signal signal = feed.next(config.heartbeat());
        lines.write(signal);
        if (signal instanceof Signal.End) {
          return;
        }
        if (signal instanceof Signal.Event) {
          sent.increment();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not thrown: the log would have a line at ERROR for each client that has to wait. */
  private static Response full() {
    return Problems.retryLater(Problems.of("too-many-streams", "Too many streams", 503), FULL_RETRY)
        .withDetail("This replica serves as many streams of events as it may.")
        .build()
        .toResponse();
  }

  private synchronized Optional<EventFeed> feed(Topic topic, @Nullable RunId run, StartAt start) {
    if (stopped || connections.get() >= config.maxConnections()) {
      return Optional.empty();
    }
    if (history == null) {
      history = new BrokerHistory(clients, reader);
    }
    TopicStream stream = streams.computeIfAbsent(topic, this::follow);
    AtomicReference<@Nullable EventFeed> self = new AtomicReference<>();
    EventFeed feed =
        new EventFeed(
            topic,
            run,
            start,
            stream.window(),
            history,
            () -> {
              connections.decrementAndGet();
              EventFeed closed = self.get();
              if (closed != null) {
                feeds.remove(closed);
              }
            });
    self.set(feed);
    connections.incrementAndGet();
    feeds.add(feed);
    return Optional.of(feed);
  }

  private TopicStream follow(Topic topic) {
    TopicWindow window = new TopicWindow(config.windowBytes());
    TopicTail tail = new TopicTail(topic.topicName(), window, clients, reader);
    Thread.ofPlatform().name("event-tail-" + topic.topicName()).daemon().start(tail);
    return new TopicStream(window, tail);
  }
}
