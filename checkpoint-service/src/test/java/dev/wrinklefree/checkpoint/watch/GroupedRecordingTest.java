package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.checkpoint.watch.CheckpointPublisher.Finding;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.watching.Watch;
import dev.wrinklefree.outbox.watching.WatchRecord;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What listings of several runs showed is recorded in one transaction, or one by one. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class GroupedRecordingTest extends WatchScenario {

  @Inject BucketLister lister;
  @Inject CheckpointPublisher publisher;
  @Inject WatchRecord record;
  @Inject Watch watch;
  @Inject ListingPace pace;
  @Inject WatchMeters meters;

  private final RunId other = Fixtures.newRunId();
  private final RunId third = Fixtures.newRunId();

  @Override
  protected String bucketName() {
    return "grouped-recording";
  }

  /** The service's own sweeps would look first. */
  @BeforeEach
  void register() {
    plan("'1 hour'");
    for (RunId run : List.of(runId, other, third)) {
      accept(run, bucket.name());
      Awaitility.await().atMost(PATIENCE).until(() -> runs.find(run).isPresent());
    }
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.put(prefixOf(other) + "checkpoint_step_2.pt");
  }

  @AfterEach
  void goOn() {
    database.update("alter table checkpoint drop constraint if exists refused");
    plan("'0 seconds'");
  }

  @Test
  void recordsWhatWasFoundOfSeveralRunsInOneTransaction() {
    List<Finding> findings = Stream.of(runId, other, third).map(this::look).toList();

    assertThat(publisher.record(findings))
        .hasEntrySatisfying(runId, told -> assertThat(told).hasSize(1))
        .hasEntrySatisfying(other, told -> assertThat(told).hasSize(1))
        .hasEntrySatisfying(third, told -> assertThat(told).isEmpty());

    assertThat(
            database.query(
                "select distinct xmin::text from watched_run where run_id in (?, ?, ?)",
                row -> row.getString(1),
                runId.value(),
                other.value(),
                third.value()))
        .hasSize(1);
    consumer.awaitEvents(runId, 1);
    consumer.awaitEvents(other, 1);
    // What was recorded is remembered: nothing is new by now.
    List<Finding> again = Stream.of(runId, other, third).map(this::look).toList();
    assertThat(publisher.record(again).values()).hasSize(3).allMatch(List::isEmpty);
  }

  @Test
  void dropsOnlyTheListingThatAnotherOneOvertook() {
    Finding stale = look(other);
    publisher.record(look(other));

    assertThat(publisher.record(List.of(look(runId), stale))).containsOnlyKeys(runId);
  }

  @Test
  void recordsTheOthersWhereOneRunCannotBeRecorded() {
    database.update(
        "alter table checkpoint add constraint refused check (run_id <> '%s') not valid"
            .formatted(other));
    BucketLanes lanes = new BucketLanes(1, PATIENCE);
    try {
      new CheckpointWatcher(
              runs,
              lister,
              publisher,
              lanes,
              new BucketPauses(config.interval(), config.idleInterval()),
              record,
              watch,
              pace,
              meters,
              new PendingFindings(50, 200, Duration.ofMinutes(1)),
              clock)
          .sweep(Duration.ZERO);
      awaitFailures(other, 1);
      consumer.awaitEvents(runId, 1);
    } finally {
      lanes.close();
    }

    assertThat(lastFailure(other)).isEqualTo("not-recorded");
    assertThat(runs.find(third).orElseThrow().listings()).isEqualTo(1);
    assertThat(consumer.events(other)).isEmpty();
  }

  private Finding look(RunId run) {
    WatchedRun watched = runs.find(run).orElseThrow();
    List<StoredObject> objects = new ArrayList<>();
    assertThat(lister.list(watched.where(), objects::add)).isInstanceOf(Listed.class);
    return publisher.compare(watched, objects, clock.instant());
  }

  private void plan(String from) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                database.update(
                        "update scheduled_tasks set execution_time = clock_timestamp() + interval "
                            + from
                            + " where task_name = 'checkpoint-watch' and not picked")
                    == 1);
  }
}
