package dev.wrinklefree.monitor.script;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points the service at a scripted server, and sets a test's field of its type. */
public final class ScriptedSkyPilotResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable ScriptedSkyPilot server;

  @Override
  public Map<String, String> start() {
    ScriptedSkyPilot started = new ScriptedSkyPilot();
    server = started;
    return Map.of("wf.skypilot.endpoint", started.endpoint().toString());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(ScriptedSkyPilot.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
