package dev.wrinklefree.launch;

import static dev.wrinklefree.contract.event.EventType.LAUNCH_ACCEPTED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.FlakyGateway.Mishap;
import dev.wrinklefree.launch.world.SkyPilotWorld;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cancel takes effect whenever it comes. */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // the test resource sets the world
class CancelFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LONG_RUN =
      "{\"model\":\"smollm2_135m\",\"environment\":{\"LINGER\":\"yes\"}}";

  SkyPilotWorld skyPilot;
  @Inject SchedulerClient scheduler;

  private final Conversation conversation = new Conversation();
  private final RunId runId = Fixtures.newRunId();

  @AfterEach
  void close() {
    skyPilot.gateway().up();
    skyPilot.gateway().lackJobs(false);
    conversation.close();
  }

  @Test
  void aCancelBeforeTheLaunchIsRemembered() {
    conversation.cancel(runId);
    await().atMost(PATIENCE).until(() -> Rows.isCancelRequested(runId));

    conversation.launch(runId, LONG_RUN);

    LaunchFailed failed = conversation.await(runId, LaunchFailed.class);
    assertThat(failed.code()).isEqualTo("cancelled-before-submit");
    assertThat(failed.attempts()).isZero();
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_FAILED);
    assertThat(Rows.of(runId).state()).isEqualTo("cancelled");
    assertThat(skyPilot.jobs(runId)).isEmpty();
  }

  @Test
  void aRunThatWaitsForSkyPilotIsNeverSubmittedOnceCancelled() {
    skyPilot.gateway().down();
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchAccepted.class);
    await().atMost(PATIENCE).until(() -> Rows.of(runId).failures() > 0);

    conversation.cancel(runId);

    assertThat(conversation.await(runId, LaunchFailed.class).code())
        .isEqualTo("cancelled-before-submit");
    skyPilot.gateway().up();
    awaitNoTask("submit");
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_FAILED);
    assertThat(skyPilot.jobs(runId)).isEmpty();
  }

  @Test
  void aSubmittedJobIsCancelledByItsIdUntilItHasEnded() {
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchSubmitted.class);

    conversation.cancel(runId);
    conversation.cancel(runId);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Rows.of(runId).state()).isEqualTo("cancelled"));
    assertThat(skyPilot.jobs(runId))
        .singleElement()
        .satisfies(job -> assertThat(job.status()).isEqualTo(ManagedJobStatus.CANCELLED));
    awaitNoTask("cancel");
  }

  @Test
  void aCancelWhileTheOutcomeIsUnknownTakesEffectOnTheJobThatIsFound() {
    skyPilot.gateway().plan(runId.value(), Mishap.LOSE_ANSWER_AND_GO_DOWN);
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchAccepted.class);
    await().atMost(PATIENCE).until(() -> Rows.of(runId).failures() > 0);
    assertThat(Rows.of(runId).state()).isEqualTo("submitting");

    conversation.cancel(runId);
    await().atMost(PATIENCE).until(() -> Rows.isCancelRequested(runId));
    skyPilot.gateway().up();

    assertThat(conversation.await(runId, LaunchSubmitted.class).adopted()).isTrue();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(skyPilot.jobs(runId))
                    .singleElement()
                    .satisfies(
                        job -> assertThat(job.status()).isEqualTo(ManagedJobStatus.CANCELLED)));
  }

  @Test
  void aCancelAfterTheEndChangesNothing() {
    conversation.launch(runId, "{\"model\":\"smollm2_135m\"}");
    conversation.await(runId, LaunchSubmitted.class);
    await()
        .atMost(PATIENCE)
        .until(() -> skyPilot.jobs(runId).getFirst().status() == ManagedJobStatus.SUCCEEDED);

    conversation.cancel(runId);
    await().atMost(PATIENCE).until(() -> Rows.isCancelRequested(runId));

    awaitNoTask("cancel");
    assertThat(Rows.of(runId).state()).isEqualTo("submitted");
    assertThat(skyPilot.jobs(runId).getFirst().status()).isEqualTo(ManagedJobStatus.SUCCEEDED);
  }

  @Test
  void aCancelOfLongAgoGoesOnWhereTheQueueLacksTheJobForAMoment() {
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchSubmitted.class);
    skyPilot.gateway().lackJobs(true);

    conversation.cancel(runId, Instant.now().minus(Duration.ofDays(2)));
    await().atMost(PATIENCE).until(() -> Rows.isJobUnknown(runId));
    skyPilot.gateway().lackJobs(false);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Rows.of(runId).state()).isEqualTo("cancelled"));
  }

  @Test
  void allJobsOfACancelledRunEnd() {
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchSubmitted.class);
    skyPilot.launch(runId, Rows.taskYaml(runId));

    conversation.cancel(runId);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Rows.of(runId).state()).isEqualTo("cancelled"));
    assertThat(skyPilot.jobs(runId))
        .hasSize(2)
        .allSatisfy(job -> assertThat(job.status()).isEqualTo(ManagedJobStatus.CANCELLED));
  }

  @Test
  void aJobThatShowsAfterTheRunWasCancelledIsEnded() {
    skyPilot.gateway().plan(runId.value(), Mishap.ARRIVE_LATE);
    skyPilot.gateway().plan(runId.value(), Mishap.BUSY, true);
    conversation.launch(runId, LONG_RUN);
    conversation.await(runId, LaunchAccepted.class);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Rows.Row row = Rows.of(runId);
              return row.state().equals("accepted") && row.attempts() > 1;
            });
    conversation.cancel(runId);
    assertThat(conversation.await(runId, LaunchFailed.class).code())
        .isEqualTo("cancelled-before-submit");

    skyPilot.gateway().letThrough(runId.value());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(skyPilot.jobs(runId))
                    .singleElement()
                    .satisfies(
                        job -> assertThat(job.status()).isEqualTo(ManagedJobStatus.CANCELLED)));
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_FAILED);
  }

  private void awaitNoTask(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                scheduler.getScheduledExecution(TaskInstanceId.of(name, runId.value())).isEmpty());
  }
}
