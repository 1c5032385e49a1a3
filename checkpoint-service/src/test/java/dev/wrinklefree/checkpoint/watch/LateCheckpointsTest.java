package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.alert.AlertConfig;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CheckpointLayout.Pattern;
import dev.wrinklefree.sandbox.gcs.ListingFault;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints that a run's layout tells of and that are not there. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class LateCheckpointsTest extends WatchScenario {

  @Inject AlertConfig limits;

  @SuppressWarnings("NullAway.Init") // before each
  private ContractConsumer alerts;

  @BeforeEach
  void listen() {
    alerts = ContractConsumer.of(Topic.RUN_ALERT);
  }

  @AfterEach
  void leave() {
    alerts.close();
  }

  @Test
  void anOverdueCheckpointIsToldAndItsComingToo() {
    EventAttributes accepted = accept();
    job(JobState.RUNNING, JobState.STARTING);

    Event<?> event = awaitAlerts(1).getFirst();

    RunAlerted raised = (RunAlerted) event.data();
    assertThat(raised.code()).isEqualTo("checkpoint-overdue");
    assertThat(raised.status()).isEqualTo(Status.RAISED);
    assertThat(raised.message()).isNotBlank();
    assertThat(raised.suggestion()).isNotBlank();
    assertThat(Long.parseLong(raised.evidence().get("waitedSeconds")))
        .isGreaterThanOrEqualTo(limits.firstCheckpoint().toSeconds());
    EventAttributes attributes = event.attributes();
    assertThat(attributes.source()).isEqualTo("/checkpoint-service/run-alert");
    assertThat(attributes.correlationId()).isEqualTo(accepted.correlationId());
    assertThat(attributes.traceParent()).isEqualTo(accepted.traceParent());

    bucket.put(prefix + "checkpoint_step_1.pt");

    RunAlerted cleared = (RunAlerted) awaitAlerts(2).getLast().data();
    assertThat(cleared.code()).isEqualTo("checkpoint-overdue");
    assertThat(cleared.status()).isEqualTo(Status.CLEARED);
    assertThat(cleared.message()).isEqualTo("A checkpoint was written.");
  }

  @Test
  void lostMachinesEndTheWaitAndNewOnesBeginIt() {
    accept();
    job(JobState.RUNNING, JobState.STARTING);
    awaitAlerts(1);
    job(JobState.RECOVERING, JobState.RUNNING);
    assertThat(((RunAlerted) awaitAlerts(2).getLast().data()).message())
        .isEqualTo("The job is not running.");

    job(JobState.RUNNING, JobState.RECOVERING);

    assertThat(words(awaitAlerts(3)))
        .containsExactly("checkpoint-overdue", "-checkpoint-overdue", "checkpoint-overdue");
  }

  @Test
  void aDirectoryThatStaysIncompleteIsToldWithWhatItLacks() {
    accept();
    bucket.put(prefix + "checkpoint-1000/model.pt");
    job(JobState.STARTING, JobState.PENDING);

    RunAlerted raised = (RunAlerted) awaitAlerts(1).getFirst().data();

    assertThat(raised.code()).isEqualTo("checkpoint-incomplete");
    assertThat(raised.evidence())
        .containsEntry("directory", prefix + "checkpoint-1000/")
        .containsEntry("missing", prefix + "checkpoint-1000/training_state.pt");
    bucket.put(prefix + "checkpoint-1000/training_state.pt");
    assertThat(words(awaitAlerts(2)))
        .containsExactly("checkpoint-incomplete", "-checkpoint-incomplete");
  }

  @Test
  void successWithoutAFinalCheckpointIsToldAndClearedIfItComesLate() {
    accept();
    bucket.put(prefix + "checkpoint_step_1.pt");
    awaitTold(1);
    job(JobState.SUCCEEDED, JobState.RUNNING);

    RunAlerted raised = (RunAlerted) awaitAlerts(1).getFirst().data();

    assertThat(raised.code()).isEqualTo("no-final-checkpoint");
    assertThat(raised.evidence()).containsEntry("checkpointsOfSeries", "1");
    bucket.put(prefix + "final_checkpoint.pt");
    assertThat(words(awaitAlerts(2)))
        .containsExactly("no-final-checkpoint", "-no-final-checkpoint");
  }

  @Test
  void whileTheBucketCannotBeReadNothingIsLate() {
    accept();
    awaitListings(1);
    server.disturbListings(bucket.name(), Integer.MAX_VALUE, new ListingFault.Refused(503));
    job(JobState.RUNNING, JobState.STARTING);
    job(JobState.SUCCEEDED, JobState.RUNNING);
    awaitFailures(runId, 3);
    awaitSilence(limits.finalGrace().multipliedBy(2));

    server.calmListings(bucket.name());

    assertThat(words(awaitAlerts(1))).containsExactly("no-final-checkpoint");
  }

  @Test
  void ofARunThatTellsOfNoLayoutNothingIsExpectedButWhatLooksLikeFairy2sIsTold() {
    accept(null);
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.put(prefix + "checkpoint-2/model.pt");
    awaitTold(1);
    job(JobState.SUCCEEDED, JobState.RUNNING);
    awaitListings(2);
    awaitSilence(limits.finalGrace().plus(limits.incompleteAfter()));
  }

  @Test
  void checkpointsAreReadByTheRunsOwnLayout() {
    accept(
        new CheckpointLayout(
            List.of(
                new Pattern("dlm/final/", List.of("config.json", "model.safetensors"), true),
                new Pattern("dlm/step_{step}/weights.pt", List.of(), false))));
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.put(prefix + "dlm/step_000123/weights.pt");
    bucket.put(prefix + "dlm/final/model.safetensors");
    awaitTold(1);
    bucket.put(prefix + "dlm/final/config.json");

    List<CheckpointWritten> told = awaitTold(2);

    assertThat(told).extracting(CheckpointWritten::step).containsExactly(123L, null);
    assertThat(told).extracting(CheckpointWritten::kind).containsExactly(Kind.STEP, Kind.FINAL);
    assertThat(told.getLast().objects()).hasSize(2);
  }

  private void accept(@Nullable CheckpointLayout layout) {
    LaunchAccepted a = with(Fixtures.launchAccepted(runId), bucket.name(), prefix);
    producer.send(
        runId,
        new LaunchAccepted(
            a.runId(),
            a.name(),
            a.template(),
            null,
            null,
            null,
            null,
            a.clouds(),
            a.spot(),
            a.overrides(),
            a.bucket(),
            a.checkpointPrefix(),
            a.wandb(),
            a.budget(),
            a.labels(),
            a.owner(),
            a.requestedAt(),
            a.parameters(),
            null,
            layout,
            null,
            null));
  }

  private void job(JobState state, JobState previous) {
    producer.send(runId, Fixtures.jobStateChanged(runId, state, previous));
  }

  private void awaitSilence(Duration length) {
    Awaitility.await().during(length).atMost(PATIENCE).until(() -> alerts.events(runId).isEmpty());
  }

  private List<Event<?>> awaitAlerts(int count) {
    return alerts.awaitEvents(runId, count);
  }

  private static List<String> words(List<Event<?>> events) {
    return events.stream()
        .map(event -> (RunAlerted) event.data())
        .map(data -> (data.status() == Status.CLEARED ? "-" : "") + data.code())
        .toList();
  }
}
