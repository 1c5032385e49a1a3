package dev.wrinklefree.checkpoint.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /checkpoints/events?from=nonsense, VIEWER",
    "GET, /alerts/events?from=nonsense, VIEWER",
    "GET, /webhooks, LAUNCHER",
    "POST, /webhooks, LAUNCHER",
    "GET, /checkpoints, VIEWER",
    "GET, /checkpoints/no-such-run/latest, VIEWER",
    "GET, /checkpoints/unattributed, VIEWER",
    "GET, /alerts, VIEWER",
    "GET, /checks, VIEWER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkpoints/events", "/alerts/events"})
  void shouldStreamItsTopics(String path) {
    given()
        .get(path + "?from=nonsense")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("from"));
  }
}
