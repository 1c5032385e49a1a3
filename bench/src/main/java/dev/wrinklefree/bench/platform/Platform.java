package dev.wrinklefree.bench.platform;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.StartException;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A broker, a database server and stand-ins, on which the four services can be started. */
public final class Platform implements Closeable {

  /** A token that all services accept; the platform is of one run and on loopback alone. */
  public static final String TOKEN = "wf_benchmark";

  private static final int PARTITIONS = 3;

  private final Bed bed;
  private final StorageServer storage;
  private final WandbServer wandb;
  private final URI skypilot;

  private Platform(Bed bed, StorageServer storage, WandbServer wandb, URI skypilot) {
    this.bed = bed;
    this.storage = storage;
    this.wandb = wandb;
    this.skypilot = skypilot;
  }

  /**
   * Starts all but the services.
   *
   * @param skypilot where SkyPilot's API server, or what stands in for it, is
   */
  public static Platform start(Workbench workbench, URI skypilot)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Bed bed = workbench.bed();
    StorageServer storage = StorageServer.start(StorageServerSettings.temporary());
    Platform platform = new Platform(bed, storage, WandbServer.start(0), skypilot);
    bed.createTopics(PARTITIONS);
    storage.createBucket(ServiceDefinition.BUCKET);
    for (String service : ServiceDefinition.NAMES) {
      bed.createDatabase(service.replace("-service", ""));
    }
    return platform;
  }

  /** Its broker and its database server. */
  public Bed bed() {
    return bed;
  }

  /** Starts the four services one after the other. */
  public Services services() throws IOException, StartException, InterruptedException {
    Services services = new Services();
    try {
      for (String name : ServiceDefinition.NAMES) {
        services.add(
            name,
            bed.service(name)
                .skypilot(skypilot)
                .storage(storage.endpoint())
                .wandb(wandb.endpoint())
                .with("WF_ACCESS_TOKENS_BENCH_SHA256", sha256(TOKEN))
                .with("WF_ACCESS_TOKENS_BENCH_ROLES", "admin")
                .start());
      }
      return services;
    } catch (IOException | StartException | InterruptedException | RuntimeException e) {
      services.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (bed;
        storage) {
      wandb.close();
    }
  }

  private static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The services that run. */
  public static final class Services implements AutoCloseable {

    private final Map<String, RunningService> byName = new LinkedHashMap<>();

    private Services() {}

    private void add(String name, RunningService service) {
      byName.put(name, service);
    }

    /** Each by its module's name, in the order in which they were started. */
    public Map<String, RunningService> byName() {
      return Map.copyOf(byName);
    }

    @Override
    public void close() throws InterruptedException {
      Deque<RunningService> last = new ArrayDeque<>(byName.values());
      while (!last.isEmpty()) {
        last.removeLast().close();
      }
    }
  }
}
