package dev.wrinklefree.monitor;

import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use which endpoint. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class AccessTest {

  @ParameterizedTest
  @CsvSource({
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
}
