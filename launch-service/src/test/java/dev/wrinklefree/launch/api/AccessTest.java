package dev.wrinklefree.launch.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithWorld
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /launches/events?from=nonsense, VIEWER",
    "GET, /webhooks, LAUNCHER",
    "POST, /webhooks, LAUNCHER",
    "GET, /launches, VIEWER",
    "GET, /launches/no-such-run, VIEWER",
    "POST, /launches, LAUNCHER",
    "POST, /dry-runs, VIEWER",
    "DELETE, /launches/no-such-run, LAUNCHER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/launches/events"})
  void shouldStreamItsTopics(String path) {
    given()
        .get(path + "?from=nonsense")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("from"));
  }
}
