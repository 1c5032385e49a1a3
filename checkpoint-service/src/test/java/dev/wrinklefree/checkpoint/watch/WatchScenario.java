package dev.wrinklefree.checkpoint.watch;

import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.TestBucket;
import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A run, its bucket, and who listens, around the service as it is shipped. */
public abstract class WatchScenario {

  protected static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject protected Storage storage;
  @Inject protected Database database;
  @Inject protected RunRepository runs;
  @Inject protected Clock clock;
  @Inject protected WatchConfig config;

  @SuppressWarnings("NullAway.Init") // set by the test resource
  protected StorageServer server;

  protected final RunId runId = Fixtures.newRunId();
  protected final String prefix = prefixOf(runId);
  protected TestBucket bucket;
  protected ContractProducer producer;
  protected ContractConsumer consumer;

  @BeforeEach
  void connect() {
    bucket = new TestBucket(storage, bucketName());
    server.createBucket(bucket.name());
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.CHECKPOINT_WRITTEN);
  }

  @AfterEach
  void disconnect() {
    server.calmListings(bucket.name());
    // No later test waits for this one's runs. The count drops what is in progress.
    database.update("update watched_run set next_listing_at = null, listings = listings + 1");
    consumer.close();
    producer.close();
  }

  /** The bucket of this test. */
  protected String bucketName() {
    return StorageResource.BUCKET;
  }

  protected static String prefixOf(RunId run) {
    return "fairy2/smollm2_135m/" + run + "/";
  }

  protected EventAttributes accept() {
    return accept(runId, bucket.name());
  }

  protected EventAttributes accept(RunId run, String bucketName) {
    LaunchAccepted accepted = with(Fixtures.launchAccepted(run), bucketName, prefixOf(run));
    EventAttributes a = Fixtures.event(run, accepted).attributes();
    return producer.send(
        new Event<>(
            new EventAttributes(
                a.id(),
                a.source(),
                a.type(),
                a.runId(),
                a.time(),
                a.time(),
                1L,
                "request-of-" + run,
                "request-of-" + run,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            accepted));
  }

  protected static LaunchAccepted with(LaunchAccepted a, String bucket, String prefix) {
    return new LaunchAccepted(
        a.runId(),
        a.name(),
        a.template(),
        a.model(),
        a.mode(),
        a.scale(),
        a.accelerators(),
        a.clouds(),
        a.spot(),
        a.overrides(),
        bucket,
        prefix,
        a.wandb(),
        a.budget(),
        a.labels(),
        a.owner(),
        a.requestedAt(),
        a.parameters(),
        a.resumedFrom(),
        a.checkpoints(),
        a.metrics(),
        a.acceleratorsUsed());
  }

  protected static List<CheckpointWritten> data(List<Event<?>> events) {
    return events.stream().map(event -> (CheckpointWritten) event.data()).toList();
  }

  protected List<CheckpointWritten> awaitTold(int count) {
    return data(consumer.awaitEvents(runId, count));
  }

  protected List<CheckpointWritten> told() {
    return data(consumer.events(runId));
  }

  /** Waits until the bucket was listed so many times from now on: what is silent then, stays so. */
  protected void awaitListings(int more) {
    Awaitility.await().atMost(PATIENCE).until(() -> !column("listings").isEmpty());
    // One may be in progress that began before now.
    long wanted = column("listings").getFirst() + more + 1;
    Awaitility.await().atMost(PATIENCE).until(() -> column("listings").getFirst() >= wanted);
  }

  /** Waits until so many listings in a row have failed. */
  protected void awaitFailures(RunId run, int atLeast) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> column("failures", run).stream().anyMatch(failures -> failures >= atLeast));
  }

  protected List<Long> column(String name) {
    return column(name, runId);
  }

  private List<Long> column(String name, RunId run) {
    return database.query(
        "select " + name + " from watched_run where run_id = ?",
        row -> row.getLong(1),
        run.value());
  }

  protected String lastFailure(RunId run) {
    return database
        .query(
            "select last_failure from watched_run where run_id = ?",
            row -> String.valueOf(row.getString(1)),
            run.value())
        .getFirst();
  }
}
