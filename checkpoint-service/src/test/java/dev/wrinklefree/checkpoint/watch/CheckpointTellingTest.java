package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.outbox.watching.Watch;
import dev.wrinklefree.outbox.watching.WatchRecord;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a checkpoint, and how often. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class CheckpointTellingTest extends WatchScenario {

  @Inject BucketLister lister;
  @Inject CheckpointPublisher publisher;
  @Inject WatchRecord record;
  @Inject Watch watch;
  @Inject ListingPace pace;
  @Inject WatchMeters meters;

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

    assertThat(awaitTold(2)).extracting(CheckpointWritten::step).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void isSilentOnAnIncompleteDirectoryUntilItIsComplete(String first, String second) {
    accept();
    bucket.put(prefix + "checkpoint-1000/" + first);
    awaitListings(2);
    assertThat(consumer.events(runId)).isEmpty();

    bucket.put(prefix + "checkpoint-1000/" + second);

    assertThat(awaitTold(1).getFirst().objects()).hasSize(2);
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
            new CheckpointWatcher(
                runs, lister, publisher, own, pauses(), record, watch, pace, meters, pending(),
                clock);
        for (int sweep = 0; sweep < 5; sweep++) {
          watcher.sweep(config.interval());
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
        runs.dueBy(clock.instant().plus(Duration.ofDays(1)), pace.longest()).stream()
            .filter(run -> run.runId().equals(runId))
            .findFirst()
            .orElseThrow();
    awaitListings(1);

    // It saw the bucket empty; recorded now it would make the object look deleted and new again.
    assertThat(publisher.record(publisher.compare(stale, List.of(), clock.instant()))).isEmpty();

    awaitListings(2);
    assertThat(consumer.events(runId)).hasSize(1);
  }

  private static PendingFindings pending() {
    return new PendingFindings(50, 200, Duration.ofMillis(200));
  }

  private BucketPauses pauses() {
    return new BucketPauses(config.interval(), config.idleInterval());
  }
}
