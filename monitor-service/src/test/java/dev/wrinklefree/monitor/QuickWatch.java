package dev.wrinklefree.monitor;

import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Rounds and waits short enough for a test, and free ports. */
public class QuickWatch implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "wf.skypilot.token", ScriptedSkyPilot.TOKEN,
        "quarkus.http.test-port", "0",
        "quarkus.management.test-port", "0",
        "wf.work.polling-interval", "0.05S",
        "wf.work.heartbeat", "0.25S",
        "wf.monitor.interval", "0.05S",
        "wf.monitor.unknown-after", "0.6S",
        "wf.monitor.recheck-ended", "30S",
        "wf.monitor.page-size", "2");
  }
}
