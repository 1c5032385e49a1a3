package dev.wrinklefree.testkit;

import dev.wrinklefree.testkit.platform.TestBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Points the application under test at the broker of this JVM's tests, which has all topics of the
 * contract. The broker outlives the application; tests keep apart by run ids of their own.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of("kafka.bootstrap.servers", TestBroker.bootstrapServers());
  }

  @Override
  public void stop() {
    // The broker is shared and ends with the JVM.
  }
}
