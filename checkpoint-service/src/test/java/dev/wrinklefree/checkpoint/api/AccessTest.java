package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use which endpoint. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /checkpoints, VIEWER",
    "GET, /checkpoints/no-such-run/latest, VIEWER",
    "GET, /checkpoints/unattributed, VIEWER",
    "GET, /alerts, VIEWER",
    "GET, /checks, VIEWER"
  })
  void shouldLetNobodyInWithoutTheRole(String method, String path, TestToken least) {
    AccessTable.check(method, path, least);
  }
}
