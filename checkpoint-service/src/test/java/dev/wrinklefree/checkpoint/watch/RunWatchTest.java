package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.registry.ListingPace.Job;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Which runs are listed, and how often. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class RunWatchTest extends WatchScenario {

  @Test
  void knowsWhatBecameOfTheRunsJob() {
    accept();
    awaitJob(Job.POSSIBLE);
    producer.send(runId, Fixtures.launchFailed(runId));
    awaitJob(Job.NONE);
    producer.send(runId, Fixtures.launchSubmitted(runId));
    awaitJob(Job.POSSIBLE);
    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.RUNNING, JobState.STARTING));
    awaitJob(Job.ACTIVE);
    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.UNKNOWN, JobState.RUNNING));
    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.SUCCEEDED, JobState.UNKNOWN));
    awaitJob(Job.NONE);
    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.RECOVERING, JobState.SUCCEEDED));
    awaitJob(Job.ACTIVE);
  }

  @Test
  void aRunThatWasGivenUpIsListedWhenItsJobChanges() {
    accept();
    awaitListings(1);
    giveUp();
    bucket.put(prefix + "final_checkpoint.pt");

    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.SUCCEEDED, JobState.RUNNING));

    awaitTold(1);
  }

  @Test
  void aRunThatIsPlannedByAClockFarAheadIsListedAllTheSame() {
    accept();
    awaitListings(1);
    Instant ahead = clock.instant().plus(Duration.ofDays(1));
    database.update(
        "update watched_run set next_listing_at = ?, last_listed_at = ? where run_id = ?",
        ahead,
        ahead,
        runId.value());
    bucket.put(prefix + "final_checkpoint.pt");

    awaitTold(1);
  }

  @Test
  void aRunThatWasGivenUpIsNotListed() {
    accept();
    awaitListings(1);
    assertThat(watched().runId()).isEqualTo(runId);

    giveUp();

    assertThat(due()).isEmpty();
  }

  @Test
  void aPrefixThatCouldHoldOtherRunsIsADeadLetter() {
    LaunchAccepted accepted = Fixtures.launchAccepted(runId);
    producer.send(runId, with(accepted, accepted.bucket(), "fairy2/smollm2_135m/" + runId));

    try (ContractConsumer deadLetters = ContractConsumer.ofDeadLetters(Topic.LAUNCH_STATE)) {
      var record = deadLetters.awaitRecord(r -> runId.value().equals(r.key()));
      assertThat(ContractConsumer.header(record, "dead-letter-reason").orElseThrow())
          .contains("bad-data", "slash");
    }
  }

  private void awaitJob(Job job) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> due().stream().anyMatch(run -> run.job() == job));
  }

  /** A listing in progress is overtaken by this and dropped, so it does not undo it. */
  private void giveUp() {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              Instant now = clock.instant();
              runs.listed(List.of(new RunRepository.Success(watched(), now, now, null, now)));
            });
  }

  private WatchedRun watched() {
    return due().orElseThrow();
  }

  private Optional<WatchedRun> due() {
    Duration day = Duration.ofDays(1);
    return runs.dueBy(clock.instant().plus(day), day).stream()
        .filter(run -> run.runId().equals(runId))
        .findFirst();
  }
}
