package dev.wrinklefree.testkit;

import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points the application under test at a Cloud Storage stand-in of its own, by {@code wf.gcs.host}.
 * The bucket {@link #BUCKET} is there. A test's field of type {@link StorageServer} is set to it.
 */
public final class StorageResource implements QuarkusTestResourceLifecycleManager {

  /** The bucket that every test finds. */
  public static final String BUCKET = "wrinklefree-checkpoints";

  private @Nullable StorageServer server;

  @Override
  public Map<String, String> start() {
    try {
      StorageServer started = StorageServer.start(StorageServerSettings.temporary());
      started.createBucket(BUCKET);
      server = started;
      return Map.of("wf.gcs.host", started.endpoint().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(StorageServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
