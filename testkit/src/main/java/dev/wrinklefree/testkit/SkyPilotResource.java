package dev.wrinklefree.testkit;

import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Points the application under test at a SkyPilot stand-in of its own, by {@code
 * wf.skypilot.endpoint}, whose jobs pass through each simulated step within a second. A test's
 * field of type {@link SkyPilotServer} is set to it.
 */
public final class SkyPilotResource implements QuarkusTestResourceLifecycleManager {

  private static final Duration QUEUED = Duration.ofMillis(300);

  /**
   * Long enough for a watcher that looks every twentieth of a second, on a machine that is busy
   * with other tests: a step that it misses is never told.
   */
  private static final Duration SEEN = Duration.ofSeconds(1);

  private @Nullable Path directory;
  private @Nullable SkyPilotServer server;

  @Override
  public Map<String, String> start() {
    try {
      Path state = Files.createTempDirectory("wrinklefree-skypilot");
      directory = state;
      SkyPilotServer started =
          new SkyPilotServer(
                  SkyPilotSettings.in(state).withTimings(new JobTimings(QUEUED, SEEN, SEEN, SEEN)))
              .start();
      server = started;
      return Map.of("wf.skypilot.endpoint", started.endpoint().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(SkyPilotServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
