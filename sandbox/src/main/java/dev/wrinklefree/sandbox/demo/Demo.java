package dev.wrinklefree.sandbox.demo;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.platform.Addresses;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Launches a run by an event, has its machine taken away after its first checkpoint and follows it
 * to its end: with a plain Kafka producer and a plain Kafka consumer, as any other system would.
 */
public final class Demo {

  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final String RULE = "-".repeat(72);

  /** Short enough for a demo, long enough to be interrupted between two checkpoints. */
  private static final List<String> OVERRIDES =
      List.of("training.max_steps=400", "training.save_interval=100");

  private final Addresses addresses;
  private final CompletableFuture<String> serviceDeath;
  private final Progress progress;
  private final RunId run;
  private final RunStory story = new RunStory();

  /**
   * @param addresses of a platform that is ready
   * @param serviceDeath completes when a service ends, which ends the demo
   * @param progress told about each event
   */
  public Demo(Addresses addresses, CompletableFuture<String> serviceDeath, Progress progress) {
    this.addresses = addresses;
    this.serviceDeath = serviceDeath;
    this.progress = progress;
    this.run = new RunId("demo-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /**
   * Runs to the end and prints what was told.
   *
   * @return whether that was all that must be told
   * @throws StartException if a service died
   */
  public boolean run() throws IOException, StartException, InterruptedException {
    try (RunFollower follower = new RunFollower(addresses.kafka(), run)) {
      requestLaunch();
      long deadline = System.nanoTime() + LIMIT.toNanos();
      boolean preempted = false;
      while (!story.isOver() && System.nanoTime() < deadline) {
        requireAlive();
        tell(follower.next());
        if (!preempted && story.hasCheckpoint() && story.skypilotJob().isPresent()) {
          preempt(story.skypilotJob().get());
          preempted = true;
        }
      }
    }
    return summarise();
  }

  private void requestLaunch() throws StartException, InterruptedException {
    LaunchRequested request =
        new LaunchRequested(
            null,
            null,
            "smollm2_135m",
            "w2",
            "small",
            OVERRIDES,
            Map.of(),
            List.of(),
            List.of(),
            true,
            null,
            Map.of("purpose", "demo"),
            "demo",
            Map.of(),
            null,
            null);
    EventAttributes attributes =
        new EventAttributes(
            UUID.randomUUID().toString(),
            "/demo",
            EventType.LAUNCH_REQUESTED,
            run,
            Instant.now(),
            null,
            null,
            null,
            null,
            null);
    Map<String, Object> settings = Map.of("bootstrap.servers", addresses.kafka());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new EventCodec().write(new Event<>(attributes, request))).get();
    } catch (ExecutionException e) {
      throw new StartException("Kafka refused the launch request: " + e.getCause(), e);
    }
  }

  private void preempt(long job) throws IOException, StartException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(addresses.skypilot().resolve("/sandbox/preempt"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"job_id\":%d}".formatted(job)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartException(
            "SkyPilot did not take the machine away: " + answer.statusCode() + " " + answer.body());
      }
    }
    progress.say("%-20s the cloud takes the spot machine away", "(demo)");
  }

  private void tell(List<Event<?>> events) {
    for (Event<?> event : events) {
      if (story.add(event)) {
        String topic = event.attributes().type().topic().topicName();
        progress.say("%-20s %s", topic, EventLine.of(event.data()));
      }
    }
  }

  private void requireAlive() throws StartException {
    if (serviceDeath.isDone()) {
      throw new StartException(serviceDeath.join());
    }
  }

  private boolean summarise() {
    List<String> missing = story.missing();
    progress.print(RULE);
    progress.print("run          " + run);
    progress.print("states       " + String.join(" > ", names()));
    progress.print("checkpoints  " + story.checkpoints().size());
    progress.print(
        "cost         "
            + story.lastCost().map(cost -> EventLine.money(cost.spent())).orElse("unknown"));
    progress.print("events       " + story.eventCount());
    if (missing.isEmpty()) {
      progress.print("complete     every state, checkpoint and figure that must be told was told");
    } else {
      missing.forEach(sentence -> progress.print("MISSING      " + sentence));
    }
    progress.print(RULE);
    return missing.isEmpty();
  }

  private List<String> names() {
    return story.states().stream().map(Enum::name).toList();
  }
}
