package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.wire.Link;
import dev.wrinklefree.chaos.wire.Protocol;
import dev.wrinklefree.chaos.wire.TcpProxy;
import dev.wrinklefree.chaos.wire.Toll;
import dev.wrinklefree.sandbox.gcs.FinalizedObject;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.StartException;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The platform with a proxy on each of its links and a supervisor for each of its processes. */
public final class World implements AutoCloseable {

  private static final int ALL_READY_SECONDS = 300;

  private final Checkout checkout;
  private final Path state;
  private final Toll toll;
  private final Recoveries recoveries;
  private final Progress progress;
  private final Sockets sockets;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Watchdog watchdog = Watchdog.start();
  private final Map<Link, TcpProxy> proxies = new LinkedHashMap<>();
  private final Map<Part, Supervisor> supervisors = new EnumMap<>(Part.class);
  private final StorageServer storage;
  private final Queue<FinalizedObject> finalized = new ConcurrentLinkedQueue<>();

  /**
   * Prepares everything and starts nothing but the stand-in for Cloud Storage.
   *
   * @param checkout where the built services and the sandbox are
   * @param state where data and logs go
   * @param toll sees all traffic
   */
  public World(Checkout checkout, Path state, Toll toll, Recoveries recoveries, Progress progress)
      throws IOException {
    this.checkout = checkout;
    this.state = state;
    this.toll = toll;
    this.recoveries = recoveries;
    this.progress = progress;
    this.sockets = Sockets.free();
    Files.createDirectories(logs());
    this.storage = StorageServer.start(new StorageServerSettings(0, state.resolve("gcs")));
    storage.onFinalize(finalized::add);
    storage.createBucket(ServiceDefinition.BUCKET);
  }

  /** Starts all and returns when all are ready. */
  public void start() throws IOException, StartException, InterruptedException {
    for (Part service : List.of(Part.values())) {
      for (Part server : service.servers()) {
        Link link = new Link(service, server);
        proxies.put(link, TcpProxy.start(link, 0, serverPort(link), protocol(server), toll));
      }
    }
    Blueprints blueprints =
        new Blueprints(checkout, state, logs(), sockets, proxies, storage.endpoint());
    supervise(Part.KAFKA, blueprints.kafka());
    supervise(Part.POSTGRES, blueprints.postgres());
    supervise(Part.SKYPILOT, blueprints.skypilot());
    for (Part part : Part.values()) {
      if (part.isService()) {
        supervise(part, blueprints.service(part, watchdog, http));
      }
    }
    progress.say("Starting Kafka, PostgreSQL and SkyPilot's stand-in …");
    startAndAwait(List.of(Part.KAFKA, Part.SKYPILOT, Part.POSTGRES));
    try {
      ContractTopics.create(kafkaAddress());
    } catch (ExecutionException e) {
      throw new StartException("Kafka refused a topic: " + e.getMessage(), e);
    }
    progress.say("Starting %d services …", Part.SERVICES.size());
    startAndAwait(Part.SERVICES);
    progress.say("The platform is ready");
  }

  /** The one who keeps a part running. */
  public Supervisor supervisor(Part part) {
    return Objects.requireNonNull(supervisors.get(part), part.title());
  }

  /** The proxy of a link. */
  public TcpProxy proxy(Link link) {
    return Objects.requireNonNull(proxies.get(link), link.toString());
  }

  /** Ends what is wrong with any link. */
  public void clearWeather() {
    for (TcpProxy proxy : proxies.values()) {
      proxy.slow(Duration.ZERO);
      proxy.refuse(false);
    }
  }

  /** Waits until each part that runs is ready. */
  public void awaitAllReady(List<Part> parts) throws StartException, InterruptedException {
    for (Part part : parts) {
      awaitReady(supervisor(part));
    }
  }

  /** Waits until at most so many parts that were started do not serve. */
  public void awaitFewDown(int most) throws InterruptedException {
    while (true) {
      List<CompletableFuture<Void>> down =
          supervisors.values().stream()
              .filter(Supervisor::isWanted)
              .map(Supervisor::ready)
              .filter(ready -> !ready.isDone())
              .toList();
      if (down.size() <= most) {
        return;
      }
      try {
        CompletableFuture.anyOf(down.toArray(CompletableFuture[]::new))
            .get(ALL_READY_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        // One of them was killed or did not come up, and is started again.
      } catch (TimeoutException e) {
        return;
      }
    }
  }

  /** The broker's own address. */
  public String kafkaAddress() {
    return "127.0.0.1:" + sockets.of("kafka");
  }

  /** The database's own address. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(sockets.of("postgres"), database);
  }

  /** The names of the services' databases. */
  public List<String> databases() {
    return DatabaseMachine.databases();
  }

  /** SkyPilot's own address. */
  public URI skypilot() {
    return URI.create("http://127.0.0.1:" + sockets.of("skypilot"));
  }

  /** Cloud Storage's own address. */
  public URI storageAddress() {
    return storage.endpoint();
  }

  /** Where logs go. */
  public Path logs() {
    return state.resolve("logs");
  }

  @Override
  public void close() {
    List<Thread> stopping = new ArrayList<>();
    for (Part part : List.of(Part.values())) {
      if (part.isService() && supervisors.containsKey(part)) {
        stopping.add(Thread.ofVirtual().start(() -> stop(part)));
      }
    }
    try {
      for (Thread thread : stopping) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.of(Part.SKYPILOT, Part.KAFKA, Part.POSTGRES).forEach(this::stop);
    try (http;
        watchdog;
        storage) {
      for (TcpProxy proxy : proxies.values()) {
        proxy.close();
      }
    } catch (IOException e) {
      progress.say("not everything could be closed: %s", e.toString());
    }
  }

  private void stop(Part part) {
    Supervisor supervisor = supervisors.get(part);
    if (supervisor == null) {
      return;
    }
    try {
      supervisor.stop();
    } catch (IOException e) {
      progress.say("%s did not stop: %s", part.title(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise(Part part, Machine machine) {
    supervisors.put(part, new Supervisor(part, machine, recoveries));
  }

  private void startAndAwait(List<Part> parts)
      throws IOException, StartException, InterruptedException {
    for (Part part : parts) {
      supervisor(part).start();
    }
    awaitAllReady(parts);
  }

  private static void awaitReady(Supervisor supervisor)
      throws StartException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ALL_READY_SECONDS);
    while (true) {
      CompletableFuture<Void> ready = supervisor.ready();
      try {
        ready.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return;
      } catch (ExecutionException e) {
        if (ready == supervisor.ready()) {
          throw new StartException(supervisor.part().title() + " did not come up", e);
        }
        // It was killed meanwhile, and the next one is waited for.
      } catch (TimeoutException e) {
        throw new StartException(supervisor.part().title() + " did not become ready", e);
      }
    }
  }

  private int serverPort(Link link) {
    return switch (link.to()) {
      case KAFKA -> sockets.of(Sockets.door(link.from()));
      case POSTGRES -> sockets.of("postgres");
      case SKYPILOT -> sockets.of("skypilot");
      default -> storage.port();
    };
  }

  private static Protocol protocol(Part server) {
    return switch (server) {
      case KAFKA -> Protocol.KAFKA;
      case POSTGRES -> Protocol.POSTGRES;
      default -> Protocol.HTTP;
    };
  }

  /** Every object that the bucket ever had, in the order in which they became visible. */
  public List<FinalizedObject> finalizedObjects() {
    return List.copyOf(finalized);
  }
}
