package dev.wrinklefree.outbox.watching;

import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker for one test class, which that class may close and start again. */
public final class OwnBrokerResource implements QuarkusTestResourceLifecycleManager {

  /** Where it keeps its data. */
  static final String DIRECTORY = "test.broker.directory";

  /** Where it listens. */
  static final String PORT = "test.broker.port";

  private @Nullable KafkaBroker broker;

  /** On a thread that sees Kafka's classes by the loader that the broker was loaded by. */
  static KafkaBroker start(int port, Path directory) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaBroker.class.getClassLoader());
    try {
      return KafkaBroker.start(new KafkaBrokerSettings(port, directory));
    } finally {
      thread.setContextClassLoader(former);
    }
  }

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory("wrinklefree-broker");
      KafkaBroker started = start(0, directory);
      broker = started;
      return Map.of(
          "kafka.bootstrap.servers",
          started.bootstrapServers(),
          DIRECTORY,
          directory.toString(),
          PORT,
          Integer.toString(started.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(broker, new TestInjector.MatchesType(KafkaBroker.class));
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.close();
    }
  }
}
