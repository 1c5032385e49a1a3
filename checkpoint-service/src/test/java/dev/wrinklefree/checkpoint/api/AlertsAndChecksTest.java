package dev.wrinklefree.checkpoint.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.checkpoint.watch.WatchScenario;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.gcs.ListingFault;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class AlertsAndChecksTest extends WatchScenario {

  @Test
  void listsAlertsAsTheyWereRaisedWithTheStatusOfNow() {
    accept();
    producer.send(runId, Fixtures.jobStateChanged(runId, JobState.SUCCEEDED, JobState.RUNNING));
    try (ContractConsumer alerts = ContractConsumer.of(Topic.RUN_ALERT)) {
      alerts.awaitEvents(runId, 1);
      alerts("true")
          .body("alerts.code", contains("no-final-checkpoint"))
          .body("alerts[0].runId", equalTo(runId.value()))
          .body("alerts[0].status", equalTo("raised"))
          .body("alerts[0].severity", equalTo("critical"))
          .body("alerts[0].evidence.where", containsString(prefix))
          .body("alerts[0].raisedAt", notNullValue())
          .body("alerts[0].clearedAt", nullValue());
      alerts("false").body("alerts", hasSize(0));

      bucket.put(prefix + "final_checkpoint.pt");
      alerts.awaitEvents(runId, 2);
    }

    alerts("false")
        .body("alerts[0].status", equalTo("cleared"))
        .body("alerts[0].message", containsString("no final checkpoint"))
        .body("alerts[0].clearedAt", notNullValue());
    alerts("true").body("alerts", hasSize(0));
    given().queryParam("limit", 1).get("/alerts").then().body("alerts", hasSize(1));
  }

  @Test
  void namesWhatIsWrongWithAQuery() {
    given()
        .queryParam("open", "maybe")
        .queryParam("limit", 0)
        .get("/alerts")
        .then()
        .statusCode(400)
        .body("violations.field", contains("open", "limit"));
  }

  @Test
  void checksTheBucketThroughGooglesClientAndWritesNothing() {
    bucket.put("fairy2/some-object");

    given()
        .get("/checks")
        .then()
        .statusCode(200)
        .body(
            "checks.name",
            contains(
                "gs://wrinklefree-checkpoints listable",
                "gs://wrinklefree-checkpoints readable",
                "gs://wrinklefree-checkpoints writable"))
        .body("checks.status", everyItem(equalTo("ok")))
        .body("checks[2].detail", containsString("testIamPermissions"));

    assertThat(storage.get(bucket.name(), ".wf-check/")).isNull();
    bucket.delete("fairy2/some-object");
  }

  @Test
  void anUnreadableBucketIsUnknownAndNotAFailure() {
    server.disturbListings(bucket.name(), Integer.MAX_VALUE, new ListingFault.Refused(503));

    given()
        .get("/checks")
        .then()
        .statusCode(200)
        .body("checks.status", everyItem(equalTo("unknown")))
        .body("checks[0].detail", equalTo("answered 503"));
  }

  @Test
  void aForbiddenBucketIsAFailureWithAdvice() {
    server.disturbListings(bucket.name(), Integer.MAX_VALUE, new ListingFault.Refused(403));

    given()
        .get("/checks")
        .then()
        .statusCode(200)
        .body("checks[0].status", equalTo("failed"))
        .body("checks[0].advice", containsString("roles/storage.objectViewer"));
  }

  private io.restassured.response.ValidatableResponse alerts(String open) {
    return given()
        .queryParam("runId", runId.value())
        .queryParam("open", open)
        .get("/alerts")
        .then()
        .statusCode(200);
  }
}
