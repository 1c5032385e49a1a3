package dev.wrinklefree.monitor;

import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Rounds and waits short enough for a test, and free ports. */
public class QuickWatch implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        Map.entry("wf.skypilot.token", ScriptedSkyPilot.TOKEN),
        Map.entry("quarkus.http.test-port", "0"),
        Map.entry("quarkus.management.test-port", "0"),
        Map.entry("wf.work.polling-interval", "0.05S"),
        Map.entry("wf.work.heartbeat", "0.25S"),
        Map.entry("wf.monitor.interval", "0.05S"),
        // An outage that a test means to be short has to be shorter, on a busy machine too.
        Map.entry("wf.monitor.unknown-after", "2S"),
        Map.entry("wf.monitor.recheck-ended", "30S"),
        Map.entry("wf.monitor.page-size", "2"),
        Map.entry("wf.wandb.interval", "0.2S"),
        Map.entry("wf.wandb.last-looks-for", "5S"),
        Map.entry("wf.alerts.no-progress-at-least", "1S"),
        Map.entry("wf.alerts.first-step-within", "1S"));
  }
}
