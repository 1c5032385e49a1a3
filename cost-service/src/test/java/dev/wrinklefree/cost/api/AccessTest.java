package dev.wrinklefree.cost.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithPlatform
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /costs/events?from=nonsense, VIEWER",
    "GET, /alerts/events?from=nonsense, VIEWER",
    "GET, /webhooks, LAUNCHER",
    "POST, /webhooks, LAUNCHER",
    "GET, /costs, VIEWER",
    "GET, /costs/no-such-run, VIEWER",
    "GET, /costs/no-such-run/what-if, VIEWER",
    "GET, /alerts, VIEWER",
    "GET, /prices, VIEWER",
    "GET, /checks, VIEWER",
    "GET, /estimates, VIEWER",
    "GET, /exports/focus, VIEWER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/costs/events", "/alerts/events"})
  void shouldStreamItsTopics(String path) {
    given()
        .get(path + "?from=nonsense")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("from"));
  }
}
