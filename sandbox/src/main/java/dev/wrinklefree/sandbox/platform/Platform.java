package dev.wrinklefree.sandbox.platform;

import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The whole platform: the outside world in this process, PostgreSQL and the services in processes
 * of their own. Closing it stops all within ten seconds, in the order that lets the services finish
 * first.
 */
public final class Platform implements AutoCloseable {

  private static final Duration READY_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
  private static final Duration ARCHIVE_LIMIT = Duration.ofSeconds(60);

  private final Checkout checkout;
  private final StateDirectory state;
  private final Ports ports;
  private final Progress progress;
  private final CloseStack started = new CloseStack();
  private final List<ServiceProcess> services = new ArrayList<>();
  private final Map<String, Duration> readyTimes = new LinkedHashMap<>();

  /**
   * @param checkout where the built services are
   * @param state where data and logs go
   * @param ports where everything listens
   * @param progress told about each step
   */
  public Platform(Checkout checkout, StateDirectory state, Ports ports, Progress progress) {
    this.checkout = checkout;
    this.state = state;
    this.ports = ports;
    this.progress = progress;
  }

  /** In what order services start. */
  public enum Pace {
    /** All at the same time, which is the quickest. */
    ALL_AT_ONCE,
    /** Each when the one before is ready, so that its ready time is its own. */
    ONE_BY_ONE,
    /** Each when the one before has ended again and has written its {@link ClassArchive}. */
    ONE_BY_ONE_TO_ARCHIVE
  }

  /**
   * A platform that is ready.
   *
   * @param addresses of the outside world
   * @param services as they were configured
   * @param postgresProcess id of the database server's process
   */
  public record Ready(
      Addresses addresses, List<ServiceDefinition> services, long postgresProcess) {}

  /**
   * Starts everything and returns when all services say that they are ready.
   *
   * @throws StartException if a part does not come up; what did is stopped by {@link #close()}
   */
  public Ready start(Pace pace) throws IOException, StartException, InterruptedException {
    OutsideWorld.Up up = new OutsideWorld(checkout, state, ports, progress, started).start();
    Map<String, String> access = AccessToken.create(state.token()).environment();
    List<ServiceDefinition> definitions =
        ServiceDefinition.all(up.addresses(), ports, checkout).stream()
            .map(definition -> definition.with(access))
            .toList();
    Watchdog watchdog = started.push(Watchdog.start());
    started.push(this::stopServices);
    progress.say("Starting %d services …", definitions.size());
    try (HttpClient http = HttpClient.newHttpClient()) {
      switch (pace) {
        case ALL_AT_ONCE -> startAtOnce(http, definitions, watchdog);
        case ONE_BY_ONE -> {
          for (ServiceDefinition definition : definitions) {
            awaitReady(http, launch(definition, watchdog));
          }
        }
        case ONE_BY_ONE_TO_ARCHIVE -> {
          for (ServiceDefinition definition : definitions) {
            archive(http, definition, watchdog);
          }
        }
      }
    }
    return new Ready(up.addresses(), definitions, up.postgresProcess());
  }

  /** Whether every service of a checkout has a class archive of its present build. */
  public static boolean hasFreshArchives(Checkout checkout) {
    return ServiceDefinition.NAMES.stream()
        .allMatch(name -> new ClassArchive(checkout.serviceJar(name)).isFresh());
  }

  /** Completes with a report for people when any service ends. */
  public CompletableFuture<String> whenAServiceDies() {
    CompletableFuture<String> first = new CompletableFuture<>();
    snapshot().forEach(service -> service.whenDead().thenAccept(first::complete));
    return first;
  }

  /** Where everything is, as a table for people. */
  public String directions(Ready ready) {
    Table table = new Table("what", "where", "log");
    Addresses addresses = ready.addresses();
    String own = state.log("sandbox").toString();
    table.row("Kafka", addresses.kafka(), own);
    table.row("PostgreSQL", addresses.jdbc() + "<database>", state.log("postgres").toString());
    table.row("SkyPilot", addresses.skypilot().toString(), own);
    table.row("Cloud Storage", addresses.gcs().toString(), own);
    table.row("W&B", addresses.wandb().toString(), own);
    for (ServiceDefinition service : ready.services()) {
      table.row(
          service.name(), address(service.rest()).toString(), state.log(service.name()).toString());
      table.row("  health", address(service.management()) + "/q/health", "");
    }
    return table.toString();
  }

  /** Ready times and resident memory of each process, as a table for people. */
  public String report(Ready ready) throws IOException, InterruptedException {
    Table table = new Table("process", "ready after", "resident MiB");
    long own = ResidentMemory.ofProcess(ProcessHandle.current().pid());
    long postgres = ResidentMemory.ofTree(ready.postgresProcess());
    long total = own + postgres;
    table.row("sandbox (Kafka, stand-ins)", "", Long.toString(own));
    table.row("PostgreSQL", "", Long.toString(postgres));
    for (ServiceProcess service : snapshot()) {
      long resident = ResidentMemory.ofProcess(service.processId());
      total += resident;
      Duration readyAfter = readyTimes.getOrDefault(service.name(), Duration.ZERO);
      table.row(
          service.name(),
          "%d.%01d s".formatted(readyAfter.toSeconds(), readyAfter.toMillisPart() / 100),
          Long.toString(resident));
    }
    return table.row("total", "", Long.toString(total)).toString();
  }

  /** Stops everything: services first, then what they talk to. */
  @Override
  public void close() {
    started.close();
  }

  private record Starting(ServiceProcess process, URI health) {}

  private void startAtOnce(HttpClient http, List<ServiceDefinition> definitions, Watchdog watchdog)
      throws IOException, StartException, InterruptedException {
    List<Starting> starting = new ArrayList<>();
    for (ServiceDefinition definition : definitions) {
      starting.add(launch(definition, watchdog));
    }
    for (Starting service : starting) {
      awaitReady(http, service);
    }
  }

  private void archive(HttpClient http, ServiceDefinition definition, Watchdog watchdog)
      throws IOException, StartException, InterruptedException {
    ClassArchive archive = new ClassArchive(checkout.serviceJar(definition.name()));
    Starting starting =
        launch(definition, ServiceProcess.javaCommand(archive.jar(), archive.writing()), watchdog);
    awaitReady(http, starting);
    progress.say("%s writes its class archive", definition.name());
    starting.process().requestStop();
    starting.process().awaitStop(System.nanoTime() + ARCHIVE_LIMIT.toNanos());
  }

  private Starting launch(ServiceDefinition definition, Watchdog watchdog) throws IOException {
    return launch(
        definition, ServiceProcess.javaCommand(checkout.serviceJar(definition.name())), watchdog);
  }

  private Starting launch(ServiceDefinition definition, List<String> command, Watchdog watchdog)
      throws IOException {
    ServiceProcess service =
        ServiceProcess.start(
            definition.name(),
            command,
            definition.environment(),
            state.log(definition.name()),
            watchdog);
    synchronized (services) {
      services.add(service);
    }
    return new Starting(service, URI.create(address(definition.management()) + "/q/health/ready"));
  }

  private void awaitReady(HttpClient http, Starting service)
      throws StartException, InterruptedException {
    Duration readyAfter = service.process().awaitReady(http, service.health(), READY_LIMIT);
    readyTimes.put(service.process().name(), readyAfter);
    progress.say("%s is ready", service.process().name());
  }

  private void stopServices() throws InterruptedException {
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    List<ServiceProcess> running = snapshot();
    running.forEach(ServiceProcess::requestStop);
    for (ServiceProcess service : running) {
      service.awaitStop(deadline);
    }
  }

  private List<ServiceProcess> snapshot() {
    synchronized (services) {
      return List.copyOf(services);
    }
  }

  private URI address(Listener listener) {
    return URI.create("http://127.0.0.1:" + ports.of(listener));
  }
}
