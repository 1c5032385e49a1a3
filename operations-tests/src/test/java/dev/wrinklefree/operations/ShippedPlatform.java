package dev.wrinklefree.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.sandbox.platform.Addresses;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Listener;
import dev.wrinklefree.sandbox.platform.Ports;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.ServiceProcess;
import dev.wrinklefree.sandbox.postgres.PostgresServer;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import dev.wrinklefree.sandbox.process.Watchdog;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outside world in this JVM, and the packaged services as processes that a test starts and
 * stops. They write their logs as JSON, as the images do.
 */
final class ShippedPlatform implements AutoCloseable {

  private static final Duration READY_LIMIT = Duration.ofMinutes(4);
  private static final Duration STEP = Duration.ofMillis(300);

  /** What a job runs in the trainer's stead: long enough to be seen running. */
  private static final String TRAINER = "import time\ntime.sleep(4)\n";

  /** Of {@code TestToken.ADMIN}. */
  private static final String TOKEN_SHA256 =
      "17d6bfe05d1b1fb7bc499f8e3f639c7b3eda4c40f321eef8887a0c04c89a99c5";

  private final Checkout checkout = new Checkout(Path.of(".."));
  private final Path state;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Ports ports;
  private final Addresses addresses;
  private final Watchdog watchdog;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StorageServer storage;
  private int starts;

  /** Starts all but the services. */
  ShippedPlatform(Path state) throws Exception {
    this.state = state;
    ServiceDefinition.NAMES.forEach(checkout::requireBuilt);
    ports = Ports.anyFree();
    watchdog = push(Watchdog.start());
    PostgresServer postgres = push(PostgresServer.start(PostgresSettings.temporary()));
    for (String service : ServiceDefinition.NAMES) {
      postgres.createDatabase(service.replace("-service", ""), ServiceDefinition.DATABASE_USER);
    }
    KafkaBroker broker = push(KafkaBroker.start(KafkaBrokerSettings.temporary()));
    ContractTopics.create(broker.bootstrapServers());
    storage = push(StorageServer.start(StorageServerSettings.temporary()));
    storage.createBucket(ServiceDefinition.BUCKET);
    Path trainer = Files.createDirectory(state.resolve("trainer"));
    Files.writeString(trainer.resolve("train.py"), TRAINER);
    SkyPilotServer skypilot =
        push(
            new SkyPilotServer(
                    SkyPilotSettings.in(Files.createDirectory(state.resolve("skypilot")))
                        .withTimings(JobTimings.every(STEP).withSubmission(STEP))
                        .withSecret("WANDB_API_KEY", "sandbox")
                        .withJobVariable("SANDBOX_TRAINER", trainer.toString())
                        .withJobVariable("STORAGE_EMULATOR_HOST", storage.endpoint().toString()))
                .start());
    addresses =
        new Addresses(
            broker.bootstrapServers(),
            postgres.jdbcUrl(""),
            skypilot.endpoint(),
            storage.endpoint(),
            storage.endpoint());
  }

  /** Where the broker is. */
  String broker() {
    return addresses.kafka();
  }

  /** SkyPilot's own list of its jobs, as JSON. */
  String jobs() throws IOException, InterruptedException {
    return get(addresses.skypilot().resolve("/sandbox/jobs"));
  }

  /** Writes an object to the bucket of the checkpoints, as a trainer does. */
  void write(String object) throws IOException {
    storage.put(ServiceDefinition.BUCKET, object, "weights".getBytes(UTF_8));
  }

  /** Starts a service without waiting for it. */
  Running start(String name) throws IOException {
    ServiceDefinition definition =
        ServiceDefinition.all(addresses, ports, checkout).stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    Map<String, String> environment = new HashMap<>(definition.environment());
    environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
    environment.put("WF_COST_INTERVAL", "PT2S");
    environment.put("WF_ACCESS_TOKENS_TEST_SHA256", TOKEN_SHA256);
    environment.put("WF_ACCESS_TOKENS_TEST_ROLES", "admin");
    starts++;
    Path log = state.resolve("%s-%d.log".formatted(name, starts));
    ServiceProcess process =
        ServiceProcess.start(
            name,
            ServiceProcess.javaCommand(checkout.serviceJar(name)),
            environment,
            log,
            watchdog);
    push(() -> ProcessHandle.of(process.processId()).ifPresent(ProcessHandle::destroyForcibly));
    return new Running(process, definition.rest(), definition.management());
  }

  /** A service's process. */
  final class Running {

    private final ServiceProcess process;
    private final Listener rest;
    private final Listener management;

    Running(ServiceProcess process, Listener rest, Listener management) {
      this.process = process;
      this.rest = rest;
      this.management = management;
    }

    Running awaitReady() throws Exception {
      process.awaitReady(http, management("/q/health/ready"), READY_LIMIT);
      return this;
    }

    /** Sends SIGTERM and waits for the end, for as long as it takes. */
    Stop stop() {
      long begun = System.nanoTime();
      process.requestStop();
      String obituary = process.whenDead().join();
      return new Stop(Duration.ofNanos(System.nanoTime() - begun), obituary);
    }

    List<String> log() throws IOException {
      return Files.readAllLines(process.log());
    }

    String metrics() throws IOException, InterruptedException {
      return get(management("/q/metrics"));
    }

    /** An address of the REST interface; the token of {@code TestToken.ADMIN} may do everything. */
    URI rest(String path) {
      return URI.create("http://127.0.0.1:" + ports.of(rest) + path);
    }

    private URI management(String path) {
      return URI.create("http://127.0.0.1:" + ports.of(management) + path);
    }
  }

  /**
   * How a stop went.
   *
   * @param took from the signal to the end
   * @param obituary with the exit code and the end of the log
   */
  record Stop(Duration took, String obituary) {}

  @Override
  public void close() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
    http.close();
  }

  private String get(URI address) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private <C extends AutoCloseable> C push(C part) {
    started.push(part);
    return part;
  }
}
