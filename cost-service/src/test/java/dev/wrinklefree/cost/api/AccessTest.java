package dev.wrinklefree.cost.api;

import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithPlatform
class AccessTest {

  @ParameterizedTest
  @CsvSource({
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
}
