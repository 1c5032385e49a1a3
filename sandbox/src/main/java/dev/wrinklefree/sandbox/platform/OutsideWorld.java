package dev.wrinklefree.sandbox.platform;

import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.sandbox.postgres.PostgresServer;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Everything that the services talk to: two real servers and three stand-ins. */
final class OutsideWorld {

  private static final List<String> DATABASES = List.of("launch", "monitor", "checkpoint", "cost");

  private final Checkout checkout;
  private final StateDirectory state;
  private final Ports ports;
  private final Progress progress;
  private final CloseStack started;

  OutsideWorld(
      Checkout checkout, StateDirectory state, Ports ports, Progress progress, CloseStack started) {
    this.checkout = checkout;
    this.state = state;
    this.ports = ports;
    this.progress = progress;
    this.started = started;
  }

  /**
   * Where everything is once it is up.
   *
   * @param addresses what the services are told
   * @param postgresProcess id of the database server's process
   */
  record Up(Addresses addresses, long postgresProcess) {}

  Up start() throws IOException, StartException, InterruptedException {
    FutureTask<PostgresServer> database = new FutureTask<>(this::postgres);
    Thread.ofPlatform().name("postgres-start").start(database);
    KafkaBroker broker = kafka();
    StorageServer storage = storage();
    WandbServer wandb = started.push(WandbServer.start(ports.of(Listener.WANDB)));
    SkyPilotServer skypilot = skypilot(storage, wandb);
    progress.say("Stand-ins for SkyPilot, Cloud Storage and W&B are up");
    PostgresServer postgres = await(database);
    return new Up(
        new Addresses(
            broker.bootstrapServers(),
            postgres.jdbcUrl(""),
            skypilot.endpoint(),
            storage.endpoint(),
            wandb.endpoint()),
        postgres.processId());
  }

  private KafkaBroker kafka() throws IOException, StartException, InterruptedException {
    progress.say("Starting Kafka and PostgreSQL …");
    KafkaBroker broker =
        started.push(
            KafkaBroker.start(
                new KafkaBrokerSettings(ports.of(Listener.KAFKA), state.data("kafka"))));
    try {
      ContractTopics.create(broker.bootstrapServers());
    } catch (ExecutionException e) {
      throw new StartException("Kafka refused a topic: " + e.getMessage(), e);
    }
    progress.say("Kafka is up, with all topics");
    return broker;
  }

  private PostgresServer postgres() throws IOException, SQLException {
    PostgresServer server =
        started.push(
            PostgresServer.start(
                new PostgresSettings(
                    ports.of(Listener.POSTGRES), state.data("postgres"), state.log("postgres"))));
    for (String database : DATABASES) {
      server.createDatabase(database, ServiceDefinition.DATABASE_USER);
    }
    progress.say("PostgreSQL is up, with %d databases", DATABASES.size());
    return server;
  }

  private StorageServer storage() throws IOException {
    StorageServer server =
        started.push(
            StorageServer.start(
                new StorageServerSettings(ports.of(Listener.GCS), state.data("gcs"))));
    server.createBucket(ServiceDefinition.BUCKET);
    return server;
  }

  private SkyPilotServer skypilot(StorageServer storage, WandbServer wandb) throws IOException {
    SkyPilotSettings settings =
        SkyPilotSettings.in(state.data("skypilot"))
            .withAddress("127.0.0.1", ports.of(Listener.SKYPILOT))
            .withJobVariable("SANDBOX_TRAINER", checkout.trainer().toString())
            .withJobVariable("STORAGE_EMULATOR_HOST", storage.endpoint().toString())
            .withJobVariable("WANDB_BASE_URL", wandb.endpoint().toString())
            // The SDK's own variable, in seconds: runs last a minute here, not hours.
            .withJobVariable("WANDB_X_FILE_STREAM_TRANSMIT_INTERVAL", "1")
            .withSecret("WANDB_API_KEY", wandb.apiKey());
    return started.push(new SkyPilotServer(settings).start());
  }

  private static PostgresServer await(FutureTask<PostgresServer> database)
      throws IOException, StartException, InterruptedException {
    try {
      return database.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new StartException("PostgreSQL: " + e.getCause(), e);
    }
  }
}
