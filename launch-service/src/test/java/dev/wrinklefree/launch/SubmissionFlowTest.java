package dev.wrinklefree.launch;

import static dev.wrinklefree.contract.event.EventType.LAUNCH_ACCEPTED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_FAILED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_SUBMITTED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.submission.SubmitTask;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.FlakyGateway.Mishap;
import dev.wrinklefree.launch.world.SkyPilotWorld;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the request on the topic to the job in SkyPilot, and what can go wrong between. */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // the test resource sets the world
class SubmissionFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SMALL = "{\"model\":\"smollm2_135m\"}";

  SkyPilotWorld skyPilot;
  @Inject SubmitTask submitTask;
  @Inject SchedulerClient scheduler;

  private final Conversation conversation = new Conversation();
  private final RunId runId = Fixtures.newRunId();

  @AfterEach
  void close() {
    skyPilot.gateway().up();
    conversation.close();
  }

  @Test
  void aRequestIsAcceptedAndThenSubmitted() {
    EventAttributes request =
        conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"scale\":\"dev\"}");

    List<Event<?>> events = conversation.await(runId, 2);

    LaunchAccepted accepted = (LaunchAccepted) events.get(0).data();
    assertThat(accepted.checkpointPrefix()).isEqualTo("fairy2/smollm2_135m/" + runId + "/");
    assertThat(requireNonNull(accepted.accelerators()).notation()).isEqualTo("A10G:1");
    assertThat(accepted.requestedAt()).isEqualTo(Fixtures.REQUESTED_AT);
    LaunchSubmitted submitted = (LaunchSubmitted) events.get(1).data();
    assertThat(submitted.adopted()).isFalse();
    assertThat(submitted.skypilotRequestId()).isNotBlank();
    assertThat(events).extracting(e -> e.attributes().sequence()).containsExactly(1L, 2L);
    assertThat(events)
        .extracting(e -> e.attributes().source())
        .containsOnly("/launch-service/launch-state");
    assertThat(events).extracting(e -> e.attributes().correlationId()).containsOnly(request.id());
    assertThat(events)
        .extracting(e -> e.attributes().causationId())
        .containsExactly(request.id(), runId + ":1");
    assertThat(skyPilot.jobs(runId))
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.jobId()).isEqualTo(submitted.skypilotJobId());
              assertThat(job.metadata()).containsEntry("wrinklefree_run_id", runId.value());
            });
  }

  @Test
  void overridesReachTheArgumentVectorUnharmedAndSecretsTheEnvironment(@TempDir Path directory)
      throws IOException {
    Path report = directory.resolve("report");
    Path victim = directory.resolve("victim");
    List<String> overrides =
        List.of(
            "a=$(touch " + victim + ")",
            "b=`touch " + victim + "`",
            "c='; touch " + victim + " #",
            "d=\"two  words\" \\ * ? ~ !",
            "e=${HOME} && exit 3 | cat > " + victim,
            "f=ünï 🚀",
            "~g",
            "h=");
    ObjectNode request = Samples.json("{\"model\":\"qwen3_4b\",\"mode\":\"w1\",\"scale\":\"dev\"}");
    overrides.forEach(request.putArray("overrides")::add);
    request.putObject("environment").put("REPORT", report.toString());
    request.putArray("secrets").add("HF_TOKEN");

    conversation.launch(runId, request.toString());

    await().atMost(PATIENCE).until(() -> Files.exists(report));
    List<String> words = List.of(Files.readString(report).split("\0"));
    assertThat(words.subList(0, 7))
        .containsExactly(
            "qwen3_4b",
            "w1",
            "dev",
            runId.value(),
            "fairy2/qwen3_4b/" + runId + "/",
            runId.value(),
            "secret hf-test");
    assertThat(words.subList(7, words.size())).containsExactlyElementsOf(overrides);
    assertThat(victim).doesNotExist();
  }

  @Test
  void aRunWaitsForSkyPilotToComeBack() {
    skyPilot.gateway().down();
    conversation.launch(runId, SMALL);
    conversation.await(runId, LaunchAccepted.class);
    awaitStatus("accepted", 2);

    skyPilot.gateway().up();

    assertThat(conversation.await(runId, LaunchSubmitted.class).adopted()).isFalse();
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_SUBMITTED);
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  @Test
  void aBusyServerIsAskedAgain() {
    skyPilot.gateway().plan(runId.value(), Mishap.BUSY);

    conversation.launch(runId, SMALL);

    conversation.await(runId, LaunchSubmitted.class);
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  @Test
  void aJobWhoseAnswerWasLostIsAdopted() {
    skyPilot.gateway().plan(runId.value(), Mishap.LOSE_ANSWER);

    conversation.launch(runId, SMALL);

    LaunchSubmitted submitted = conversation.await(runId, LaunchSubmitted.class);
    assertThat(submitted.adopted()).isTrue();
    assertThat(submitted.skypilotRequestId()).isNull();
    assertThat(skyPilot.jobs(runId))
        .singleElement()
        .satisfies(job -> assertThat(job.jobId()).isEqualTo(submitted.skypilotJobId()));
  }

  @Test
  void aRequestThatWasLostIsSentAgainOnceItIsSureThatNoJobCame() {
    skyPilot.gateway().plan(runId.value(), Mishap.LOSE_REQUEST);

    conversation.launch(runId, SMALL);

    assertThat(conversation.await(runId, LaunchSubmitted.class).adopted()).isFalse();
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  @Test
  void aRefusalFailsTheRun() {
    skyPilot.gateway().plan(runId.value(), Mishap.REFUSE);

    conversation.launch(runId, SMALL);

    LaunchFailed failed = conversation.await(runId, LaunchFailed.class);
    assertThat(failed.code()).isEqualTo("skypilot-invalid-request");
    assertThat(failed.message()).contains("body.task: bad task");
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_FAILED);
    assertThat(skyPilot.jobs(runId)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProcessThatDiesAfterTheRequestFindsTheJobAgain(boolean beforeTheRequestIdWasStored) {
    conversation.launch(runId, SMALL);
    long jobId = conversation.await(runId, LaunchSubmitted.class).skypilotJobId();

    Rows.forgetTheJob(runId, beforeTheRequestIdWasStored);
    submitTask.schedule(List.of(runId), Instant.now());

    LaunchSubmitted again = (LaunchSubmitted) conversation.await(runId, 3).getLast().data();
    assertThat(again.skypilotJobId()).isEqualTo(jobId);
    assertThat(again.adopted()).isEqualTo(beforeTheRequestIdWasStored);
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  @Test
  void aJobThatShowsLateIsAdoptedAlsoWhereItsResultWasLostAfterALongWait() {
    skyPilot.gateway().plan(runId.value(), Mishap.LOSE_REQUEST);
    conversation.launch(runId, SMALL);
    awaitStatus("submitting", 0);
    Rows.waitedLongForARequestThatIsLost(runId);
    await().atMost(PATIENCE).until(() -> !Rows.hasRequestId(runId));

    long late = skyPilot.launch(runId, Rows.taskYaml(runId));

    LaunchSubmitted submitted = conversation.await(runId, LaunchSubmitted.class);
    assertThat(submitted.adopted()).isTrue();
    assertThat(submitted.skypilotJobId()).isEqualTo(late);
    assertThat(skyPilot.jobs(runId)).hasSize(1);
  }

  @Test
  void aTwinThatComesOfARequestLostOnItsWayIsEnded() {
    skyPilot.gateway().plan(runId.value(), Mishap.ARRIVE_LATE);
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"environment\":{\"LINGER\":\"yes\"}}");
    long jobId = conversation.await(runId, LaunchSubmitted.class).skypilotJobId();

    skyPilot.gateway().letThrough(runId.value());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(skyPilot.jobs(runId))
                    .hasSize(2)
                    .allSatisfy(
                        job ->
                            assertThat(job.status() == ManagedJobStatus.CANCELLED)
                                .isEqualTo(job.jobId() != jobId)));
    assertThat(skyPilot.jobs(runId).getLast().status()).isEqualTo(ManagedJobStatus.RUNNING);
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_SUBMITTED);
  }

  @Test
  void aStrangersJobOfTheSameNameIsLeftAlone() {
    skyPilot.gateway().plan(runId.value(), Mishap.LOSE_REQUEST);
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"environment\":{\"LINGER\":\"yes\"}}");
    conversation.await(runId, LaunchSubmitted.class);
    long marked =
        skyPilot.launch(
            runId,
            "{name: " + runId + ", run: 'sleep 600', _metadata: {wrinklefree_run_id: other}}");
    long unmarked = skyPilot.launch(runId, "{name: " + runId + ", run: 'sleep 600'}");

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                scheduler
                    .getScheduledExecution(TaskInstanceId.of("stray-jobs", runId.value()))
                    .isEmpty());

    assertThat(skyPilot.jobs(runId))
        .filteredOn(job -> List.of(marked, unmarked).contains(job.jobId()))
        .hasSize(2)
        .allSatisfy(job -> assertThat(job.status().isTerminal()).isFalse());
  }

  private void awaitStatus(String status, int failures) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Rows.Row row = Rows.of(runId);
              assertThat(row.state()).isEqualTo(status);
              assertThat(row.failures()).isGreaterThanOrEqualTo(failures);
            });
  }
}
