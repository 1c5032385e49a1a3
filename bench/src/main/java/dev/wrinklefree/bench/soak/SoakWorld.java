package dev.wrinklefree.bench.soak;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.StartException;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;

/** The four services as they are shipped, and stand-ins whose jobs are simulated. */
final class SoakWorld implements AutoCloseable {

  /** As an operator of two thousand runs would have it; the sandbox looks every second. */
  private static final Map<String, String> PACE =
      Map.of(
          "WF_MONITOR_INTERVAL", "PT5S",
          "WF_WANDB_INTERVAL", "PT15S",
          "WF_CHECKPOINT_INTERVAL", "PT30S",
          "WF_COST_INTERVAL", "PT60S",
          // Two weeks by default: shorter here, so that deleting is a part of the half hour.
          "WF_INTAKE_INBOX_RETENTION", "PT5M",
          "WF_INTAKE_PRUNE_INTERVAL", "PT30S");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, RunningService> services = new LinkedHashMap<>();
  private final Bed bed;
  private final SimulatedTraining training;

  private SoakWorld(Bed bed, SimulatedTraining training) {
    this.bed = bed;
    this.training = training;
  }

  /**
   * Starts everything.
   *
   * @param reportInterval between two reports of a job to W&B
   * @param lives how long the n-th job trains
   */
  static SoakWorld start(
      Workbench workbench, Duration reportInterval, LongFunction<Optional<Duration>> lives)
      throws IOException, SQLException, ExecutionException, StartException, InterruptedException {
    Bed bed = workbench.bed();
    StorageServer storage =
        StorageServer.start(new StorageServerSettings(0, workbench.state().resolve("gcs")));
    storage.createBucket(ServiceDefinition.BUCKET);
    WandbServer wandb = WandbServer.start(0);
    TrainingClient client =
        new TrainingClient(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
            storage.endpoint(),
            wandb.endpoint(),
            wandb.entity(),
            wandb.apiKey());
    SoakWorld world = new SoakWorld(bed, new SimulatedTraining(client, reportInterval, lives));
    world.parts.push(bed);
    world.parts.push(storage);
    world.parts.push(wandb);
    try {
      world.startServices(workbench, storage, wandb);
      return world;
    } catch (IOException | SQLException | StartException | InterruptedException e) {
      world.close();
      throw e;
    }
  }

  private void startServices(Workbench workbench, StorageServer storage, WandbServer wandb)
      throws IOException, SQLException, ExecutionException, StartException, InterruptedException {
    Path jobs = workbench.state().resolve("skypilot");
    SkyPilotServer skypilot =
        new SkyPilotServer(
                SkyPilotSettings.in(jobs)
                    .withSecret("WANDB_API_KEY", wandb.apiKey())
                    .withProgram(training))
            .start();
    parts.push(skypilot);
    bed.createTopics(Topic.PARTITIONS);
    for (String name : ServiceDefinition.NAMES) {
      bed.createDatabase(name.replace("-service", ""));
      var launcher =
          bed.service(name)
              .skypilot(skypilot.endpoint())
              .storage(storage.endpoint())
              .wandb(wandb.endpoint());
      PACE.forEach(launcher::with);
      RunningService service = launcher.start();
      parts.push(service);
      services.put(name, service);
    }
  }

  Bed bed() {
    return bed;
  }

  Map<String, RunningService> services() {
    return services;
  }

  SimulatedTraining training() {
    return training;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
