package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.wire.Link;
import dev.wrinklefree.chaos.wire.TcpProxy;
import dev.wrinklefree.sandbox.platform.Addresses;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each part is started: its command line, its data and its configuration. */
final class Blueprints {

  private static final int BROKER_MEGABYTES = 192;
  private static final int SKYPILOT_MEGABYTES = 96;

  private final Checkout checkout;
  private final Path state;
  private final Path logs;
  private final Sockets sockets;
  private final Map<Link, TcpProxy> proxies;
  private final URI storage;

  Blueprints(
      Checkout checkout,
      Path state,
      Path logs,
      Sockets sockets,
      Map<Link, TcpProxy> proxies,
      URI storage) {
    this.checkout = checkout;
    this.state = state;
    this.logs = logs;
    this.sockets = sockets;
    this.proxies = proxies;
    this.storage = storage;
  }

  Machine kafka() {
    List<String> arguments = new ArrayList<>(partArguments(Sockets.KAFKA));
    proxies.forEach(
        (link, proxy) -> {
          if (link.to() == Part.KAFKA) {
            String door = Sockets.door(link.from());
            arguments.add("--door");
            arguments.add("%s:%d:%d".formatted(door, sockets.of(door), proxy.port()));
          }
        });
    // The successor of a broker that was killed waits for the end of its session: 9 s by default.
    arguments.addAll(
        List.of(
            "--set",
            "broker.session.timeout.ms=3000",
            "--set",
            "broker.heartbeat.interval.ms=500"));
    return part(Sockets.KAFKA, arguments, BROKER_MEGABYTES);
  }

  Machine postgres() {
    return new DatabaseMachine(
        new PostgresSettings(
            sockets.of(Sockets.POSTGRES), state.resolve("postgres"), logs.resolve("postgres.log")));
  }

  Machine skypilot() {
    List<String> arguments = new ArrayList<>(partArguments(Sockets.SKYPILOT));
    arguments.addAll(
        List.of("--step-time", "PT0.2S", "--job-variable", "STORAGE_EMULATOR_HOST=" + storage));
    return part(Sockets.SKYPILOT, arguments, SKYPILOT_MEGABYTES);
  }

  Machine service(Part part, Watchdog watchdog, HttpClient http) {
    Addresses addresses =
        new Addresses(
            "127.0.0.1:" + port(part, Part.KAFKA),
            "jdbc:postgresql://127.0.0.1:%d/".formatted(port(part, Part.POSTGRES)),
            address(part, Part.SKYPILOT),
            address(part, Part.STORAGE),
            storage);
    ServiceDefinition definition =
        ServiceDefinition.all(addresses, sockets.ports(part), checkout).stream()
            .filter(candidate -> candidate.name().equals(part.module()))
            .findFirst()
            .orElseThrow();
    Map<String, String> environment = new LinkedHashMap<>(definition.environment());
    environment.putAll(Tempo.of(part));
    if (part == Part.LAUNCH) {
      Path templates = checkout.root().resolve("chaos/templates");
      environment.put("WF_TEMPLATES_DIRECTORY", templates.toString());
      // Its jobs report to nobody, and its SkyPilot holds no secrets: it would refuse each of them.
      environment.remove("WF_LAUNCH_STANDING_SECRETS");
    }
    URI health =
        URI.create(
            "http://127.0.0.1:%d/q/health/ready"
                .formatted(sockets.ports(part).of(definition.management())));
    return new ServiceMachine(
        part.title(),
        checkout.serviceJar(part.module()),
        environment,
        health,
        logs,
        watchdog,
        http);
  }

  private Machine part(String name, List<String> arguments, int heapMegabytes) {
    return new PartMachine(
        name,
        checkout.root().resolve("sandbox/target/sandbox.jar"),
        arguments,
        heapMegabytes,
        logs.resolve(name + ".err"));
  }

  private List<String> partArguments(String name) {
    return List.of(
        name,
        "--port",
        Integer.toString(sockets.of(name)),
        "--state",
        state.resolve(name).toString(),
        "--log",
        logs.resolve(name + ".log").toString());
  }

  /** The proxy's address where the service talks to that server; an unused one where not. */
  private URI address(Part service, Part server) {
    return service.servers().contains(server)
        ? URI.create("http://127.0.0.1:" + port(service, server))
        : storage;
  }

  private int port(Part service, Part server) {
    TcpProxy proxy = proxies.get(new Link(service, server));
    if (proxy == null) {
      throw new IllegalArgumentException(service + " has no way to " + server);
    }
    return proxy.port();
  }
}
