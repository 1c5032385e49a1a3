package dev.wrinklefree.launch.ownership;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose runs are, and that nobody cancels another's by HTTP. */
@QuarkusTest
@WithWorld
class OwnershipTest {

  private static final String SMALL = "{\"model\":\"smollm2_135m\"}";
  private static final String LINGERING =
      "{\"model\":\"smollm2_135m\",\"environment\":{\"LINGER\":\"yes\"}}";

  private final Conversation conversation = new Conversation();

  @AfterEach
  void close() {
    conversation.close();
  }

  @Test
  void whoLaunchesByHttpOwnsTheRunAndCancelsIt() {
    RunId runId = launch(TestToken.LAUNCHER, LINGERING, UUID.randomUUID().toString());
    conversation.await(runId, LaunchSubmitted.class);

    view(runId).body("owner", equalTo("test-launcher")).body("ownerAuthenticated", equalTo(true));
    cancel(TestToken.LAUNCHER, runId).statusCode(202);
  }

  @Test
  void anAdminLaunchesForSomebodyElse() {
    String forColleague = "{\"model\":\"smollm2_135m\",\"owner\":\"colleague\"}";
    RunId runId = launch(TestToken.ADMIN, forColleague, UUID.randomUUID().toString());

    assertThat(conversation.await(runId, LaunchAccepted.class).owner()).isEqualTo("colleague");
    view(runId).body("ownerAuthenticated", equalTo(true));
  }

  @Test
  void nobodyElseDoes() {
    as(TestToken.LAUNCHER)
        .body("{\"model\":\"smollm2_135m\",\"owner\":\"colleague\"}")
        .post("/launches")
        .then()
        .statusCode(403)
        .body("type", equalTo("/problems/not-your-name"));
    as(TestToken.LAUNCHER)
        .body("{\"model\":\"smollm2_135m\",\"owner\":\"test-launcher\"}")
        .post("/launches")
        .then()
        .statusCode(202);
  }

  @Test
  void onlyItsOwnerAndAnAdminCancelARunAndARefusalPublishesNothing() {
    RunId runId =
        launch(
            TestToken.ADMIN,
            "{\"model\":\"smollm2_135m\",\"owner\":\"colleague\"}",
            UUID.randomUUID().toString());
    conversation.await(runId, LaunchAccepted.class);

    cancel(TestToken.LAUNCHER, runId)
        .statusCode(403)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/not-the-owner"))
        .body(
            "detail",
            equalTo(
                "Run %s belongs to 'colleague': only its owner or an admin may cancel it."
                    .formatted(runId)));
    cancel(TestToken.VIEWER, runId).statusCode(403).body("type", equalTo("/problems/forbidden"));
    cancel(TestToken.ADMIN, runId).statusCode(202);

    try (ContractConsumer cancels = ContractConsumer.of(Topic.CANCEL_REQUESTED)) {
      assertThat(cancels.awaitEvents(runId, 1)).hasSize(1);
    }
  }

  @Test
  void anOwnerThatAnEventClaimsIsShownAndMayNotCancel() {
    RunId runId = Fixtures.newRunId();
    conversation.launch(runId, "{\"model\":\"smollm2_135m\",\"owner\":\"test-launcher\"}");
    conversation.await(runId, LaunchAccepted.class);

    view(runId).body("owner", equalTo("test-launcher")).body("ownerAuthenticated", equalTo(false));
    cancel(TestToken.LAUNCHER, runId)
        .statusCode(403)
        .body(
            "detail",
            equalTo(
                "Nobody was authenticated when run %s was launched: only an admin may cancel it."
                    .formatted(runId)));
  }

  @Test
  void anEventThatLooksAsIfItCameFromHttpBelongsToNobody() {
    RunId runId = Fixtures.newRunId();
    String id = RestRequest.eventId(RestRequest.Kind.LAUNCH, "test-launcher", "guessed-key");
    forge(runId, id, SMALL);
    conversation.await(runId, LaunchAccepted.class);

    view(runId).body("owner", nullValue()).body("ownerAuthenticated", equalTo(false));
  }

  @Test
  void theIdOfAnEventFromHttpGivesNoOtherRunToItsSender() {
    String key = UUID.randomUUID().toString();
    RunId first = launch(TestToken.LAUNCHER, SMALL, key);
    conversation.await(first, LaunchAccepted.class);
    RunId second = Fixtures.newRunId();
    forge(second, RestRequest.eventId(RestRequest.Kind.LAUNCH, "test-launcher", key), LINGERING);
    conversation.await(second, 1);

    assertThat(conversation.answers(second)).containsExactly(EventType.LAUNCH_REJECTED);
    view(second).body("ownerAuthenticated", equalTo(false));
  }

  @Test
  void twoCallersWithTheSameKeyGetTwoRuns() {
    String key = UUID.randomUUID().toString();

    assertThat(launch(TestToken.LAUNCHER, SMALL, key))
        .isNotEqualTo(launch(TestToken.ADMIN, SMALL, key))
        .isEqualTo(launch(TestToken.LAUNCHER, SMALL, key));
  }

  @Test
  void aKeyThatCancelledMayLaunchAgain() {
    String key = UUID.randomUUID().toString();
    RunId first = launch(TestToken.LAUNCHER, SMALL, UUID.randomUUID().toString());
    conversation.await(first, LaunchAccepted.class);
    as(TestToken.LAUNCHER)
        .header("Idempotency-Key", key)
        .delete("/launches/" + first)
        .then()
        .statusCode(202);

    RunId second = launch(TestToken.LAUNCHER, SMALL, key);

    assertThat(conversation.await(second, LaunchAccepted.class).owner()).isEqualTo("test-launcher");
  }

  @Test
  void aKeyOfAnotherRequestIsAConflictEvenBeforeThatOneIsAnswered() {
    String key = UUID.randomUUID().toString();
    launch(TestToken.LAUNCHER, SMALL, key);

    as(TestToken.LAUNCHER)
        .header("Idempotency-Key", key)
        .body("{\"model\":\"qwen3_4b\"}")
        .post("/launches")
        .then()
        .statusCode(409)
        .body("type", equalTo("/problems/conflict"));
  }

  private void forge(RunId runId, String id, String json) {
    conversation
        .producer()
        .send(
            new EventAttributes(
                id,
                RestRequest.SOURCE,
                EventType.LAUNCH_REQUESTED,
                runId,
                Fixtures.REQUESTED_AT,
                null,
                null,
                null,
                null,
                null),
            json.getBytes(StandardCharsets.UTF_8));
  }

  private static RunId launch(TestToken token, String json, String key) {
    return new RunId(
        as(token)
            .header("Idempotency-Key", key)
            .body(json)
            .post("/launches")
            .then()
            .statusCode(202)
            .extract()
            .<String>path("runId"));
  }

  private static ValidatableResponse cancel(TestToken token, RunId runId) {
    return as(token).delete("/launches/" + runId).then();
  }

  private static ValidatableResponse view(RunId runId) {
    return as(TestToken.VIEWER).get("/launches/" + runId).then().statusCode(200);
  }

  private static RequestSpecification as(TestToken token) {
    return given().auth().oauth2(token.token()).contentType(ContentType.JSON);
  }
}
