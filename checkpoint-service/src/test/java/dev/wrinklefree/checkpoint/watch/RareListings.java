package dev.wrinklefree.checkpoint.watch;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A listing that nobody asks for comes too late for any test; pages are Google's largest. */
public class RareListings implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "wf.checkpoint.interval",
        "PT60S",
        "wf.checkpoint.idle-interval",
        "PT5M",
        "wf.checkpoint.least-gap",
        "PT0.5S",
        "wf.checkpoint.notifications.retry-delay",
        "PT0.1S",
        "wf.gcs.page-size",
        "1000");
  }
}
