package dev.wrinklefree.testkit;

import dev.wrinklefree.sandbox.wandb.WandbServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points the application under test at a W&amp;B stand-in of its own, by {@code wf.wandb.endpoint}
 * and {@code wf.wandb.api-key}. A test's field of type {@link WandbServer} is set to it.
 */
public final class WandbResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable WandbServer server;

  @Override
  public Map<String, String> start() {
    try {
      WandbServer started = WandbServer.start(0);
      server = started;
      return Map.of(
          "wf.wandb.endpoint", started.endpoint().toString(), "wf.wandb.api-key", started.apiKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(WandbServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
