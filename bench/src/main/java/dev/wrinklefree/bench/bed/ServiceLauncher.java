package dev.wrinklefree.bench.bed;

import dev.wrinklefree.sandbox.platform.Addresses;
import dev.wrinklefree.sandbox.platform.Ports;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.ServiceProcess;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one service is to be started: by its packaged jar and its environment alone. */
public final class ServiceLauncher {

  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final Workbench workbench;
  private final Bed bed;
  private final String module;
  private final Map<String, String> settings = new HashMap<>();
  private URI skypilot = NOWHERE;
  private URI storage = NOWHERE;
  private URI wandb = NOWHERE;

  ServiceLauncher(Workbench workbench, Bed bed, String module) {
    this.workbench = workbench;
    this.bed = bed;
    this.module = module;
  }

  /** Where it finds SkyPilot's API server. */
  public ServiceLauncher skypilot(URI endpoint) {
    skypilot = endpoint;
    return this;
  }

  /** Where it finds Cloud Storage. */
  public ServiceLauncher storage(URI endpoint) {
    storage = endpoint;
    return this;
  }

  /** Where it finds Weights and Biases. */
  public ServiceLauncher wandb(URI endpoint) {
    wandb = endpoint;
    return this;
  }

  /** Sets an environment variable, by the name that MicroProfile Config gives it. */
  public ServiceLauncher with(String variable, String value) {
    settings.put(variable, value);
    return this;
  }

  /**
   * Starts it on free ports and returns when it is ready. Its database must have been created: it
   * is named as the module without {@code -service}.
   *
   * @throws StartException if it does not come up; the message has the end of its log
   */
  public RunningService start() throws IOException, StartException, InterruptedException {
    Ports ports = Ports.anyFree();
    Addresses addresses = new Addresses(bed.kafka(), bed.jdbcUrl(""), skypilot, storage, wandb);
    ServiceDefinition definition =
        ServiceDefinition.all(addresses, ports, workbench.checkout()).stream()
            .filter(candidate -> candidate.name().equals(module))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(module + " is no service"))
            .with(settings);
    workbench.checkout().requireBuilt(module);
    Path jar = workbench.checkout().serviceJar(module);
    List<String> command = ServiceProcess.javaCommand(jar);
    ServiceProcess process =
        ServiceProcess.start(
            module, command, definition.environment(), workbench.log(module), workbench.watchdog());
    URI management = local(ports.of(definition.management()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      Duration readyAfter =
          process.awaitReady(http, management.resolve("/q/health/ready"), READY_LIMIT);
      return new RunningService(
          process, local(ports.of(definition.rest())), management, readyAfter);
    } catch (StartException | InterruptedException | RuntimeException e) {
      process.requestStop();
      throw e;
    }
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
