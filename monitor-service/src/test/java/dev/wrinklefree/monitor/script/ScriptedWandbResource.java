package dev.wrinklefree.monitor.script;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points the service at a scripted W&amp;B, and sets a test's field of its type. */
public final class ScriptedWandbResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable ScriptedWandb server;

  @Override
  public Map<String, String> start() {
    ScriptedWandb started = new ScriptedWandb();
    server = started;
    return Map.of(
        "wf.wandb.endpoint", started.endpoint().toString(), "wf.wandb.api-key", ScriptedWandb.KEY);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(ScriptedWandb.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
