package dev.wrinklefree.testkit.secured;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points the application under test at a {@link SecuredBroker} of its own, as the user that the
 * argument {@link #USER} names. A test's field of that type is set to it.
 */
public final class SecuredKafkaResource implements QuarkusTestResourceLifecycleManager {

  /** Name of the argument with the user. */
  public static final String USER = "user";

  private String user = "";
  private @Nullable SecuredBroker broker;

  @Override
  public void init(Map<String, String> arguments) {
    user = arguments.getOrDefault(USER, "");
  }

  @Override
  public Map<String, String> start() {
    try {
      SecuredBroker started = SecuredBroker.start();
      broker = started;
      Map<String, String> settings = new HashMap<>();
      started.clientOf(user).forEach((name, value) -> settings.put("kafka." + name, value));
      settings.put("wf.topics.create", "false");
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting the broker", e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(broker, new TestInjector.MatchesType(SecuredBroker.class));
  }

  @Override
  public void stop() {
    if (broker != null) {
      try {
        broker.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
