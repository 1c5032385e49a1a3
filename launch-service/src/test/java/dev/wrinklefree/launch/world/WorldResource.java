package dev.wrinklefree.launch.world;

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
 * Starts SkyPilot's stand-in behind a {@link FlakyGateway}, points the service at it, and shortens
 * the service's waits. A test's field of type {@link SkyPilotWorld} is set.
 */
public final class WorldResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable Path directory;
  private @Nullable SkyPilotServer server;
  private @Nullable FlakyGateway gateway;
  private @Nullable SkyPilotWorld world;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("launch-service-test");
      SkyPilotServer started =
          new SkyPilotServer(
                  SkyPilotSettings.in(directory)
                      .withTimings(JobTimings.every(Duration.ofMillis(50)))
                      .withSecret("HF_TOKEN", "hf-test"))
              .start();
      server = started;
      FlakyGateway open = new FlakyGateway(started.endpoint());
      gateway = open;
      world = new SkyPilotWorld(started, open);
      return Map.of(
          "wf.skypilot.endpoint", open.endpoint().toString(),
          "wf.skypilot.connect-timeout", "1S",
          "wf.skypilot.submit-timeout", "2S",
          "wf.templates.directory", "src/test/resources/templates",
          "wf.submission.first-backoff", "0.1S",
          "wf.submission.longest-backoff", "0.5S",
          "wf.submission.settle-time", "2.5S",
          "wf.submission.look-interval", "0.2S",
          "wf.stray-jobs.looks", "0.5S,2S,4S",
          "wf.cancellation.interval", "0.2S");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(world, new TestInjector.MatchesType(SkyPilotWorld.class));
  }

  @Override
  public void stop() {
    if (world != null) {
      world.close();
    }
    if (gateway != null) {
      gateway.close();
    }
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
