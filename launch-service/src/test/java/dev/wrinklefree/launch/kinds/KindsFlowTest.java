package dev.wrinklefree.launch.kinds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.resume.NewestCheckpointRepository;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.SkyPilotWorld;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kinds of jobs and resuming, through the broker, the database and HTTP. */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // Quarkus and the test resource set the fields
class KindsFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject NewestCheckpointRepository checkpoints;
  SkyPilotWorld skyPilot;

  private final Conversation conversation = new Conversation();

  @AfterEach
  void close() {
    conversation.close();
  }

  @Test
  void theNewestCheckpointOfTheNewestEarlierRunLikeItIsGoneOnFrom() {
    String lane = "lane-" + Fixtures.newRunId();
    RunId first = Fixtures.newRunId();
    RunId second = Fixtures.newRunId();
    RunId without = Fixtures.newRunId();
    RunId resumed = Fixtures.newRunId();
    launched(first, lane, "");
    launched(second, lane, "");
    launched(without, lane, "");
    launched(Fixtures.newRunId(), "another " + lane, "");
    written(first, "gs://b/first/checkpoint-900/", Fixtures.REQUESTED_AT.plusSeconds(99));
    written(second, "gs://b/second/checkpoint-200/", Fixtures.REQUESTED_AT.plusSeconds(20));
    // After a recovery a lower step is newer; what comes late is not.
    written(second, "gs://b/second/checkpoint-100/", Fixtures.REQUESTED_AT.plusSeconds(50));
    written(second, "gs://b/second/checkpoint-300/", Fixtures.REQUESTED_AT.plusSeconds(30));
    written(without, "gs://b/late/", Fixtures.REQUESTED_AT);
    awaitNewest(second, "gs://b/second/checkpoint-100/");
    awaitNewest(without, "gs://b/late/");
    QuarkusTransaction.requiringNew().run(() -> checkpoints.deleteById(without.value()));

    LaunchAccepted accepted = launched(resumed, lane, ",\"resume\":\"latest\"");

    assertThat(accepted.resumedFrom()).isEqualTo("gs://b/second/checkpoint-100/");
    assertThat(launched(Fixtures.newRunId(), lane, ",\"resume\":\"" + first + "\"").resumedFrom())
        .isEqualTo("gs://b/first/checkpoint-900/");
    as(TestToken.VIEWER)
        .get("/launches/{id}", resumed.value())
        .then()
        .statusCode(200)
        .body("resumedFrom", equalTo("gs://b/second/checkpoint-100/"))
        .body("parameters.lane", equalTo(lane));
  }

  @Test
  void aMissingCheckpointIsRefusedByBothWays() {
    RunId runId = Fixtures.newRunId();
    String request =
        "{\"template\":\"resumable\",\"parameters\":{\"lane\":\"nobody's %s\"},\"resume\":\"latest\"}"
            .formatted(runId);

    conversation.launch(runId, request);

    assertThat(conversation.await(runId, LaunchRejected.class).violations())
        .extracting(Violation::field, Violation::code)
        .containsExactly(tuple("resume", "no-checkpoint"));
    as(TestToken.ADMIN)
        .contentType(ContentType.JSON)
        .body(request)
        .post("/launches")
        .then()
        .statusCode(422)
        .body("violations[0].code", equalTo("no-checkpoint"));
  }

  @Test
  void aTaskOfTheRequestsOwnRunsAsItIs() {
    RunId runId = Fixtures.newRunId();

    conversation.launch(
        runId,
        """
        {"task":"name: bench\\nresources: {accelerators: 'A10G:1'}\\nenvs: {WHAT: one}\\nrun: echo $WHAT $RUN_ID\\n",
         "environment":{"WHAT":"two"}}
        """);

    assertThat(conversation.await(runId, LaunchAccepted.class).template()).isEqualTo("task");
    await()
        .atMost(PATIENCE)
        .until(() -> skyPilot.jobs(runId).stream().anyMatch(job -> job.status().isTerminal()));
    assertThat(skyPilot.jobs(runId))
        .singleElement()
        .satisfies(job -> assertThat(job.status()).isEqualTo(ManagedJobStatus.SUCCEEDED));
  }

  @Test
  void theKindsAreListedWithWhatTheyTake() {
    as(TestToken.VIEWER)
        .get("/templates")
        .then()
        .statusCode(200)
        .body("templates.name", contains("fairy2_train", "resumable"))
        .body("templates[0].models", hasItems("qwen3_4b", "smollm2_135m"))
        .body("templates[0].modes", contains("w1", "w2"))
        .body("templates[0].resume", equalTo(false))
        .body("templates[1].friendlyName", equalTo("wf-resumable"))
        .body("templates[1].description", equalTo("Goes on."))
        .body("templates[1].parameters[0].name", equalTo("lane"))
        .body("templates[1].parameters[0].required", equalTo(true))
        .body("templates[1].resume", equalTo(true))
        .body("templates[1].checkpoints", equalTo(true));
  }

  @Test
  void whatLaunchingNeedsIsChecked() {
    as(TestToken.VIEWER)
        .get("/checks")
        .then()
        .statusCode(200)
        .body("checks.name", contains("skypilot-credential", "templates", "standing-secrets"))
        .body("checks[0].status", equalTo("ok"))
        .body("checks[1].status", equalTo("ok"))
        .body("checks[1].detail", containsString("resumable"))
        .body("checks[2].status", equalTo("unknown"))
        .body("checks[2].advice", containsString("wf.launch.standing-secrets"));
  }

  private LaunchAccepted launched(RunId runId, String lane, String more) {
    conversation.launch(
        runId,
        "{\"template\":\"resumable\",\"parameters\":{\"lane\":\"%s\"}%s}".formatted(lane, more));
    return conversation.await(runId, LaunchAccepted.class);
  }

  private void written(RunId runId, String uri, Instant writtenAt) {
    CheckpointWritten sample = Fixtures.checkpointWritten(runId, 1);
    conversation
        .producer()
        .send(
            runId,
            new CheckpointWritten(
                runId,
                sample.kind(),
                sample.step(),
                sample.layout(),
                uri,
                sample.revision(),
                sample.objects(),
                sample.totalBytes(),
                writtenAt,
                writtenAt));
    if (checkpointOf(runId).isEmpty()) {
      awaitNewest(runId, uri);
    }
  }

  /** Events of one run are taken in order, so the last of several need not be awaited alone. */
  private void awaitNewest(RunId runId, String uri) {
    await().atMost(PATIENCE).until(() -> checkpointOf(runId).equals(Optional.of(uri)));
  }

  private Optional<String> checkpointOf(RunId runId) {
    return QuarkusTransaction.requiringNew().call(() -> checkpoints.ofRun(runId));
  }

  private static RequestSpecification as(TestToken token) {
    return given().auth().oauth2(token.token());
  }
}
