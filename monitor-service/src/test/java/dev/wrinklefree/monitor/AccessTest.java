package dev.wrinklefree.monitor;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use which endpoint. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /jobs/events?from=nonsense, VIEWER",
    "GET, /progress/events?from=nonsense, VIEWER",
    "GET, /alerts/events?from=nonsense, VIEWER",
    "GET, /webhooks, LAUNCHER",
    "POST, /webhooks, LAUNCHER",
    "GET, /jobs, VIEWER",
    "GET, /jobs/no-such-run, VIEWER",
    "GET, /jobs/no-such-run/logs, VIEWER",
    "GET, /progress, VIEWER",
    "GET, /progress/no-such-run, VIEWER",
    "GET, /alerts, VIEWER",
    "GET, /checks, VIEWER",
    "GET, /jobs/no-such-run/logs?follow=true, VIEWER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/events", "/progress/events", "/alerts/events"})
  void shouldStreamItsTopics(String path) {
    given()
        .get(path + "?from=nonsense")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("from"));
  }
}
