package dev.wrinklefree.outbox.relay;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The application publishes nothing, so that a test can be the relay. */
public final class WithoutRelay implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("wf.outbox.relay-enabled", "false");
  }
}
