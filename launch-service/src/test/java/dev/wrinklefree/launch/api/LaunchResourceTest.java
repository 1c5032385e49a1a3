package dev.wrinklefree.launch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.ownership.RestRequest;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.SkyPilotWorld;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // the test resource sets the world
class LaunchResourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PROBLEM = "application/problem+json";
  private static final String SMALL = "{\"model\":\"smollm2_135m\"}";

  SkyPilotWorld skyPilot;

  private final Conversation conversation = new Conversation();

  @AfterEach
  void close() {
    conversation.close();
  }

  @Test
  void aLaunchByHttpIsTheEventThatAnybodyCouldHavePublished() {
    String key = UUID.randomUUID().toString();

    String runId =
        post(SMALL, key)
            .statusCode(202)
            .body("status", equalTo("requested"))
            .extract()
            .path("runId");

    assertThat(runId).matches("smollm2-135m-w2-[0-9a-hjkmnp-tv-z]{8}");
    try (ContractConsumer requests = ContractConsumer.of(Topic.LAUNCH_REQUESTED)) {
      ConsumerRecord<String, byte[]> event =
          requests.awaitRecord(record -> runId.equals(record.key()));
      assertThat(event.value()).asString().isEqualTo(SMALL);
      assertThat(ContractConsumer.header(event, "ce_id"))
          .contains(RestRequest.eventId(RestRequest.Kind.LAUNCH, TestToken.ADMIN.principal(), key));
      assertThat(ContractConsumer.header(event, "ce_source")).contains("/launch-service/api");
      assertThat(ContractConsumer.header(event, "ce_subject")).contains(runId);
    }
    long jobId = conversation.await(new RunId(runId), LaunchSubmitted.class).skypilotJobId();
    given()
        .get("/launches/" + runId)
        .then()
        .statusCode(200)
        .body("runId", equalTo(runId))
        .body("name", equalTo("wf-fairy2-train"))
        .body("template", equalTo("fairy2_train"))
        .body("status", equalTo("submitted"))
        .body("scale", equalTo("small"))
        .body("accelerators.type", equalTo("H100"))
        .body("accelerators.count", equalTo(1))
        .body("clouds.cloud", equalTo(List.of("nebius", "gcp", "aws")))
        .body("checkpointPrefix", equalTo("fairy2/smollm2_135m/" + runId + "/"))
        .body("wandb.id", equalTo(runId))
        .body("skypilotJobId", equalTo((int) jobId))
        .body("requestedAt", containsString("T"))
        .body("answeredAt", containsString("T"))
        .body("submittedAt", containsString("T"))
        .body("failure", nullValue())
        .body("cancelRequestedAt", nullValue());
  }

  @Test
  void aDryRunTellsThePlanAndPublishesNothing() {
    String runId = Fixtures.newRunId().value();
    given()
        .contentType(ContentType.JSON)
        .body("{\"model\":\"qwen3_4b\",\"runId\":\"" + runId + "\"}")
        .post("/dry-runs")
        .then()
        .statusCode(200)
        .body("template", equalTo("fairy2_train"))
        .body("scale", equalTo("large"))
        .body("accelerators.count", equalTo(4))
        .body("resumedFrom", nullValue());
    given()
        .contentType(ContentType.JSON)
        .body("{\"model\":\"gpt5\"}")
        .post("/dry-runs")
        .then()
        .statusCode(422)
        .contentType(PROBLEM)
        .body("violations.field", hasItem("model"));

    // Sent after it on the same connection to the broker: a request of the dry run would be before.
    String other = post(SMALL, null).statusCode(202).extract().path("runId");
    conversation.await(new RunId(other), LaunchSubmitted.class);
    given().get("/launches/" + runId).then().statusCode(404);
  }

  @Test
  void theSameKeyAndBodyAreTheSameRun() {
    String key = UUID.randomUUID().toString();
    String first = post(SMALL, key).statusCode(202).extract().path("runId");
    String location =
        post(SMALL, key).statusCode(202).body("runId", equalTo(first)).extract().header("Location");
    assertThat(location).endsWith("/launches/" + first);
    conversation.await(new RunId(first), LaunchSubmitted.class);

    post("{\"model\":\"qwen3_4b\"}", key)
        .statusCode(409)
        .contentType(PROBLEM)
        .body("violations.code", hasItem("conflict"))
        .body("detail", containsString(first));
    assertThat(skyPilot.jobs(new RunId(first))).hasSize(1);
  }

  @Test
  void aChosenRunIdIsTakenAndABudgetComesBackAsExactMoney() {
    RunId runId = Fixtures.newRunId();

    post(
            """
            {"runId":"%s","model":"smollm2_135m","name":"nightly-%s","spot":true,
             "budget":{"limit":{"amount":"12.5","currency":"USD"},"action":"cancel"}}
            """
                .formatted(runId, runId.value().substring(5, 13)),
            null)
        .statusCode(202)
        .body("runId", equalTo(runId.value()));

    conversation.await(runId, LaunchSubmitted.class);
    given()
        .queryParam("name", "nightly-" + runId.value().substring(5, 13))
        .get("/launches")
        .then()
        .statusCode(200)
        .body("launches", hasSize(1))
        .body("launches[0].runId", equalTo(runId.value()))
        .body("launches[0].spot", equalTo(true))
        .body("launches[0].budget.limit.amount", equalTo("12.50"))
        .body("launches[0].budget.action", equalTo("cancel"));
  }

  @Test
  void theListIsNewestFirstAndLimited() {
    RunId older = Fixtures.newRunId();
    RunId newer = Fixtures.newRunId();
    conversation.launch(older, SMALL);
    conversation.await(older, 1);
    conversation.launch(newer, "{\"model\":\"none\"}");
    conversation.await(newer, LaunchRejected.class);

    given()
        .get("/launches?limit=1")
        .then()
        .statusCode(200)
        .body("launches", hasSize(1))
        .body("launches[0].runId", equalTo(newer.value()))
        .body("launches[0].status", equalTo("rejected"))
        .body("launches[0].violations[0].code", equalTo("unknown-model"))
        .body("launches[0].name", nullValue());
  }

  @Test
  void aDeleteCancelsTheJob() {
    RunId runId = Fixtures.newRunId();
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"environment\":{\"LINGER\":\"yes\"}}");
    conversation.await(runId, LaunchSubmitted.class);

    given()
        .delete("/launches/" + runId + "?reason=test")
        .then()
        .statusCode(202)
        .body("runId", equalTo(runId.value()))
        .body("status", equalTo("cancel-requested"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/launches/" + runId)
                    .then()
                    .body("status", equalTo("cancelled"))
                    .body("cancelRequestedAt", notNullValue())
                    .body("skypilotJobId", notNullValue()));
    assertThat(skyPilot.jobs(runId).getFirst().status()).isEqualTo(ManagedJobStatus.CANCELLED);
    given().delete("/launches/" + runId).then().statusCode(202);
  }

  @Test
  void everythingWrongWithARequestIsToldAtOnce() {
    post("{\"runId\":\"Not Legal\",\"model\":\"gpt-9\",\"bugdet\":1}", null)
        .statusCode(422)
        .contentType(PROBLEM)
        .body("type", equalTo("/problems/invalid-request"))
        .body("title", equalTo("The request is invalid"))
        .body("status", equalTo(422))
        .body("instance", equalTo("/launches"))
        .body("violations.field", equalTo(List.of("runId", "model", "bugdet")))
        .body("violations.code", equalTo(List.of("bad-format", "unknown-model", "unknown-field")))
        .body("violations[1].message", containsString("smollm2_135m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{\"a\":1,\"a\":2}", "{} {}", "nul"})
  void whatIsNoJsonObjectIsABadRequest(String body) {
    post(body, null)
        .statusCode(400)
        .contentType(PROBLEM)
        .body("type", equalTo("/problems/malformed-json"))
        .body("status", equalTo(400));
  }

  @Test
  void aLargeBodyIsRefused() {
    post("{\"model\":\"" + "x".repeat(300_000) + "\"}", null)
        .statusCode(413)
        .contentType(PROBLEM)
        .body("type", equalTo("/problems/too-large"));
  }

  @Test
  void whatTheFrameworkRefusesIsAProblemToo() {
    given()
        .put("/launches")
        .then()
        .statusCode(405)
        .contentType(PROBLEM)
        .body("status", equalTo(405));
    given()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType(PROBLEM)
        .body("status", equalTo(404));
    given()
        .contentType(ContentType.TEXT)
        .body("model=smollm2_135m")
        .post("/launches")
        .then()
        .statusCode(415)
        .contentType(PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-run", "Not_Legal", "a%20b"})
  void anUnknownRunIsNotFound(String runId) {
    given()
        .urlEncodingEnabled(false)
        .get("/launches/" + runId)
        .then()
        .statusCode(404)
        .contentType(PROBLEM)
        .body("type", equalTo("/problems/unknown-run"));
    given().urlEncodingEnabled(false).delete("/launches/" + runId).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "many", "1e3"})
  void aBadLimitIsABadRequest(String limit) {
    given()
        .queryParam("limit", limit)
        .get("/launches")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("violations[0].field", equalTo("limit"));
  }

  @Test
  void aBadIdempotencyKeyIsABadRequest() {
    post(SMALL, "a b")
        .statusCode(400)
        .contentType(PROBLEM)
        .body("violations[0].field", equalTo("Idempotency-Key"));
  }

  private static ValidatableResponse post(String body, @Nullable String key) {
    var request = given().contentType(ContentType.JSON).body(body);
    return (key == null ? request : request.header("Idempotency-Key", key))
        .post("/launches")
        .then();
  }
}
