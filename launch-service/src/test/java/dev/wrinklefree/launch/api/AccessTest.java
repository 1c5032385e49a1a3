package dev.wrinklefree.launch.api;

import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithWorld
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /launches, VIEWER",
    "GET, /launches/no-such-run, VIEWER",
    "POST, /launches, LAUNCHER",
    "POST, /dry-runs, VIEWER",
    "DELETE, /launches/no-such-run, LAUNCHER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }
}
