package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.TestBucket;
import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class CheckpointWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Storage storage;
  @Inject Database database;
  @Inject RunRepository runs;
  @Inject BucketLister lister;
  @Inject CheckpointPublisher publisher;
  @Inject MeterRegistry metrics;
  @Inject Clock clock;
  @Inject WatchConfig config;

  @SuppressWarnings("NullAway.Init") // set by the test resource
  StorageServer server;

  private final RunId runId = Fixtures.newRunId();
  private final String prefix = "fairy2/smollm2_135m/" + runId + "/";
  private TestBucket bucket;
  private ContractProducer producer;
  private ContractConsumer consumer;

  @BeforeEach
  void connect() {
    bucket = new TestBucket(storage);
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.CHECKPOINT_WRITTEN);
  }

  @AfterEach
  void disconnect() {
    consumer.close();
    producer.close();
  }

  @Test
  void tellsOfACheckpointWithAllThatIsKnownOfIt() {
    EventAttributes accepted = accept();
    Instant before = clock.instant();
    StoredObject model = bucket.put(prefix + "checkpoint-1000/model.pt", "weights");
    StoredObject state = bucket.put(prefix + "checkpoint-1000/training_state.pt", "optimizer");

    Event<?> event = consumer.awaitEvents(runId, 1).getFirst();

    CheckpointWritten data = (CheckpointWritten) event.data();
    assertThat(data)
        .usingRecursiveComparison()
        .ignoringFields("seenAt")
        .isEqualTo(
            new CheckpointWritten(
                runId,
                Kind.STEP,
                1000L,
                Layout.DIRECTORY,
                "gs://wrinklefree-checkpoints/" + prefix + "checkpoint-1000/",
                1,
                List.of(model, state),
                16,
                state.writtenAt(),
                Instant.EPOCH));
    assertThat(data.seenAt()).isBetween(before, clock.instant());
    EventAttributes attributes = event.attributes();
    assertThat(attributes.source()).isEqualTo("/checkpoint-service/checkpoint-written");
    assertThat(attributes.id()).isEqualTo(runId + ":1");
    assertThat(attributes.sequence()).isEqualTo(1);
    assertThat(attributes.time()).isEqualTo(state.writtenAt());
    assertThat(attributes.recordedTime()).isEqualTo(data.seenAt());
    assertThat(attributes.correlationId()).isEqualTo(accepted.correlationId());
    assertThat(attributes.causationId()).isEqualTo(accepted.id());
    assertThat(attributes.traceParent()).isEqualTo(accepted.traceParent());
  }

  @Test
  void tellsUploadsInOrderAndWithoutGaps() {
    accept();
    List<Long> steps = LongStream.rangeClosed(1, 12).map(i -> i * 1000).boxed().toList();
    for (long step : steps) {
      bucket.put(prefix + "checkpoint_step_" + step + ".pt");
    }
    bucket.put(prefix + "final_checkpoint.pt");

    List<Event<?>> events = consumer.awaitEvents(runId, 13);

    List<CheckpointWritten> told = data(events);
    assertThat(told.subList(0, 12)).extracting(CheckpointWritten::step).isEqualTo(steps);
    assertThat(told.get(12).kind()).isEqualTo(Kind.FINAL);
    assertThat(told.get(12).step()).isNull();
    assertThat(told.get(12).layout()).isEqualTo(Layout.SINGLE_FILE);
    assertThat(events)
        .extracting(e -> e.attributes().sequence())
        .isEqualTo(LongStream.rangeClosed(1, 13).boxed().toList());
  }

  @Test
  void findsWhatWasThereBeforeTheRunWasKnown() {
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.put(prefix + "checkpoint_step_2.pt");

    accept();

    assertThat(data(consumer.awaitEvents(runId, 2)))
        .extracting(CheckpointWritten::step)
        .containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void isSilentOnAnIncompleteDirectoryUntilItIsComplete(String first, String second) {
    accept();
    bucket.put(prefix + "checkpoint-1000/" + first);
    awaitListings(2);
    assertThat(consumer.events(runId)).isEmpty();

    bucket.put(prefix + "checkpoint-1000/" + second);

    assertThat(data(consumer.awaitEvents(runId, 1)).getFirst().objects()).hasSize(2);
  }

  @Test
  void tellsAnOverwrittenFileAsANewRevision() {
    accept();
    bucket.put(prefix + "final_checkpoint.pt", "first");
    consumer.awaitEvents(runId, 1);
    StoredObject second = bucket.put(prefix + "final_checkpoint.pt", "second");

    CheckpointWritten told = data(consumer.awaitEvents(runId, 2)).getLast();

    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.objects()).containsExactly(second);
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void neverTellsAMixtureOfTwoSaves(String first, String second) {
    accept();
    bucket.put(prefix + "checkpoint-1000/model.pt");
    bucket.put(prefix + "checkpoint-1000/training_state.pt");
    consumer.awaitEvents(runId, 1);

    StoredObject one = bucket.put(prefix + "checkpoint-1000/" + first);
    awaitListings(2);
    assertThat(consumer.events(runId)).hasSize(1);
    StoredObject other = bucket.put(prefix + "checkpoint-1000/" + second);

    CheckpointWritten told = data(consumer.awaitEvents(runId, 2)).getLast();
    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.objects()).containsExactlyInAnyOrder(one, other);
  }

  @Test
  void tellsAHalfOverwrittenDirectoryOnceItsSaveMustHaveEnded() {
    accept();
    bucket.put(prefix + "checkpoint-1000/model.pt");
    bucket.put(prefix + "checkpoint-1000/training_state.pt");
    consumer.awaitEvents(runId, 1);
    Instant overwritten = clock.instant();
    bucket.put(prefix + "checkpoint-1000/model.pt");

    CheckpointWritten told = data(consumer.awaitEvents(runId, 2)).getLast();

    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.seenAt()).isAfterOrEqualTo(overwritten.plus(config.saveWindow()));
  }

  @Test
  void letsStepsGoBackwards() {
    accept();
    bucket.put(prefix + "checkpoint_step_1000.pt");
    bucket.put(prefix + "checkpoint_step_2000.pt");
    consumer.awaitEvents(runId, 2);
    bucket.put(prefix + "checkpoint_step_500.pt");
    bucket.put(prefix + "checkpoint_step_1000.pt");

    List<CheckpointWritten> told = data(consumer.awaitEvents(runId, 4));

    assertThat(told).extracting(CheckpointWritten::step).containsExactly(1000L, 2000L, 500L, 1000L);
    assertThat(told).extracting(CheckpointWritten::revision).containsExactly(1, 1, 1, 2);
  }

  @Test
  void tellsAFileThatReturnsAfterItsDeletionAsANewRevision() {
    accept();
    bucket.put(prefix + "checkpoint_step_1000.pt");
    consumer.awaitEvents(runId, 1);
    bucket.delete(prefix + "checkpoint_step_1000.pt");
    awaitListings(2);
    bucket.put(prefix + "checkpoint_step_1000.pt");

    assertThat(data(consumer.awaitEvents(runId, 2)))
        .extracting(CheckpointWritten::revision)
        .containsExactly(1, 2);
  }

  @Test
  void readsAllPagesOfAListing() {
    accept();
    int checkpoints = 3 * 10 + 1;
    IntStream.range(0, checkpoints)
        .forEach(step -> bucket.put(prefix + "checkpoint_step_" + step + ".pt"));

    assertThat(data(consumer.awaitEvents(runId, checkpoints)))
        .extracting(CheckpointWritten::step)
        .isEqualTo(LongStream.range(0, checkpoints).boxed().toList());
  }

  @Test
  void repeatsNothingHoweverOftenAndByHoweverManyItIsLookedAt() throws Exception {
    accept();
    for (int step = 0; step < 5; step++) {
      bucket.put(prefix + "checkpoint_step_" + step + ".pt");
    }

    // Replicas of their own, as after a restart or while two believe to be the only one.
    List<BucketLanes> lanes = new ArrayList<>();
    try {
      for (int replica = 0; replica < 4; replica++) {
        BucketLanes own = new BucketLanes(4, PATIENCE);
        lanes.add(own);
        CheckpointWatcher watcher =
            new CheckpointWatcher(runs, lister, publisher, own, metrics, clock, config);
        for (int sweep = 0; sweep < 5; sweep++) {
          watcher.sweep();
        }
      }
      consumer.awaitEvents(runId, 5);
      awaitListings(3);
    } finally {
      lanes.forEach(BucketLanes::close);
    }

    assertThat(data(consumer.events(runId)))
        .extracting(CheckpointWritten::step)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void dropsAListingThatAnotherOneOvertook() {
    accept();
    bucket.put(prefix + "checkpoint_step_1.pt");
    consumer.awaitEvents(runId, 1);
    var stale =
        runs.dueBy(clock.instant().plus(Duration.ofDays(1))).stream()
            .filter(run -> run.runId().equals(runId))
            .findFirst()
            .orElseThrow();
    awaitListings(1);

    // It saw the bucket empty; recorded now it would make the object look deleted and new again.
    assertThat(publisher.record(stale, List.of(), clock.instant())).isEmpty();

    awaitListings(2);
    assertThat(consumer.events(runId)).hasSize(1);
  }

  @Test
  void concludesNothingFromABucketThatRefusesAndGoesOnAfterwards() {
    accept();
    bucket.put(prefix + "checkpoint_step_1.pt");
    consumer.awaitEvents(runId, 1);

    server.refuseNext(40, 503);
    Awaitility.await().atMost(PATIENCE).until(() -> failures() > 0);
    Awaitility.await().atMost(PATIENCE).until(() -> failures() == 0);
    bucket.put(prefix + "checkpoint_step_2.pt");

    assertThat(data(consumer.awaitEvents(runId, 2)))
        .extracting(CheckpointWritten::step)
        .containsExactly(1L, 2L);
    awaitListings(2);
    assertThat(consumer.events(runId)).hasSize(2);
  }

  @Test
  void aBucketThatDoesNotExistHoldsUpNoOtherRun() {
    RunId lost = Fixtures.newRunId();
    producer.send(lost, withBucket(Fixtures.launchAccepted(lost), "no-such-bucket"));
    Awaitility.await().atMost(PATIENCE).until(() -> failures(lost) >= 2);
    accept();
    bucket.put(prefix + "checkpoint_step_1.pt");

    assertThat(consumer.awaitEvents(runId, 1)).hasSize(1);
    assertThat(
            database.query(
                "select last_failure from watched_run where run_id = ?",
                row -> row.getString(1),
                lost.value()))
        .containsExactly("http-404");
  }

  @Test
  void listsARunWithoutAJobLessOften() {
    accept();
    awaitListings(1);
    producer.send(runId, Fixtures.launchFailed(runId));

    Awaitility.await().atMost(PATIENCE).until(() -> !isLive());

    producer.send(runId, Fixtures.launchSubmitted(runId));
    Awaitility.await().atMost(PATIENCE).until(this::isLive);
  }

  @Test
  void aRunThatWasGivenUpIsNotListed() {
    accept();
    awaitListings(1);
    Instant soon = clock.instant().plus(Duration.ofDays(1));
    assertThat(runs.dueBy(soon)).anyMatch(run -> run.runId().equals(runId));

    // A listing in progress is overtaken by this and dropped, so it does not undo it.
    QuarkusTransaction.requiringNew()
        .run(() -> runs.listed(runId, clock.instant(), clock.instant(), null));

    assertThat(runs.dueBy(soon)).noneMatch(run -> run.runId().equals(runId));
  }

  @Test
  void aPrefixThatCouldHoldOtherRunsIsADeadLetter() {
    LaunchAccepted accepted = Fixtures.launchAccepted(runId);
    producer.send(runId, withPrefix(accepted, "fairy2/smollm2_135m/" + runId));

    try (ContractConsumer deadLetters = ContractConsumer.ofDeadLetters(Topic.LAUNCH_STATE)) {
      var record = deadLetters.awaitRecord(r -> runId.value().equals(r.key()));
      assertThat(ContractConsumer.header(record, "dead-letter-reason").orElseThrow())
          .contains("bad-data", "slash");
    }
  }

  private EventAttributes accept() {
    Event<LaunchAccepted> event = Fixtures.event(runId, Fixtures.launchAccepted(runId));
    EventAttributes a = event.attributes();
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
                "request-of-" + runId,
                "request-of-" + runId,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            event.data()));
  }

  private static LaunchAccepted withBucket(LaunchAccepted a, String bucket) {
    return with(a, bucket, a.checkpointPrefix());
  }

  private static LaunchAccepted withPrefix(LaunchAccepted a, String prefix) {
    return with(a, a.bucket(), prefix);
  }

  private static LaunchAccepted with(LaunchAccepted a, String bucket, String prefix) {
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
        a.requestedAt());
  }

  private static List<CheckpointWritten> data(List<Event<?>> events) {
    return events.stream().map(event -> (CheckpointWritten) event.data()).toList();
  }

  /** Waits until the bucket was listed so many times from now on: what is silent then, stays so. */
  private void awaitListings(int more) {
    Awaitility.await().atMost(PATIENCE).until(() -> !column("listings").isEmpty());
    // One may be in progress that began before now.
    long wanted = column("listings").getFirst() + more + 1;
    Awaitility.await().atMost(PATIENCE).until(() -> column("listings").getFirst() >= wanted);
  }

  private boolean isLive() {
    return database
        .query(
            "select live from watched_run where run_id = ?",
            row -> row.getBoolean(1),
            runId.value())
        .getFirst();
  }

  private long failures() {
    return failures(runId);
  }

  private long failures(RunId run) {
    return database
        .query(
            "select failures from watched_run where run_id = ?", row -> row.getLong(1), run.value())
        .stream()
        .findFirst()
        .orElse(0L);
  }

  private List<Long> column(String name) {
    return database.query(
        "select " + name + " from watched_run where run_id = ?",
        row -> row.getLong(1),
        runId.value());
  }
}
