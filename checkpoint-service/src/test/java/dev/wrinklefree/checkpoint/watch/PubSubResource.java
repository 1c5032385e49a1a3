package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.sandbox.pubsub.PubSubServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points the application at a Pub/Sub stand-in, of which a test's field is set. */
public final class PubSubResource implements QuarkusTestResourceLifecycleManager {

  public static final String TOPIC = "projects/p/topics/checkpoints";
  public static final String SUBSCRIPTION = "projects/p/subscriptions/checkpoint-service";

  private @Nullable PubSubServer server;

  @Override
  public Map<String, String> start() {
    try {
      PubSubServer started = PubSubServer.start(0);
      started.subscribe(TOPIC, SUBSCRIPTION, Duration.ofSeconds(1));
      server = started;
      return Map.of(
          "wf.checkpoint.notifications.subscription",
          SUBSCRIPTION,
          "wf.checkpoint.notifications.host",
          started.endpoint().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(PubSubServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
