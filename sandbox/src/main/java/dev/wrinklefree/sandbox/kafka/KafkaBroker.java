package dev.wrinklefree.sandbox.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Kafka's own KRaft broker in this JVM: one node, broker and controller at once, on the
 * loopback address. Topics are not created by being named: clients create them, as they must in
 * production.
 *
 * <p>The parts are put together here rather than through {@link KafkaRaftServer} because that class
 * ends the whole JVM on a fault and cannot listen on port 0.
 */
public final class KafkaBroker implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(KafkaBroker.class);

  private final int port;
  private final Deque<Step> undo;
  private final AtomicBoolean closed = new AtomicBoolean();

  private KafkaBroker(int port, Deque<Step> undo) {
    this.port = port;
    this.undo = undo;
  }

  /**
   * Starts a broker and returns when it serves clients. A directory that a former broker left is
   * taken over with its topics, records and consumer offsets.
   *
   * @throws IOException if the port is taken or the directory cannot be written
   */
  public static KafkaBroker start(KafkaBrokerSettings settings) throws IOException {
    Deque<Step> undo = new ArrayDeque<>();
    try {
      BoundSockets sockets = BoundSockets.bind(settings);
      undo.push(new Step("close the sockets", sockets::close));
      Path directory = directory(settings, undo);
      run(config(settings, directory, sockets), sockets, undo);
      return new KafkaBroker(sockets.clientPort(), undo);
    } catch (IOException | RuntimeException e) {
      unwind(undo);
      throw e;
    }
  }

  /** Host and port for a client's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The TCP port that clients connect to. */
  public int port() {
    return port;
  }

  /** Stops the broker. Temporary data is deleted, data in a directory of the settings is kept. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      unwind(undo);
    }
  }

  private static Path directory(KafkaBrokerSettings settings, Deque<Step> undo) throws IOException {
    if (settings.keptDirectory().isPresent()) {
      return Files.createDirectories(settings.keptDirectory().get().toAbsolutePath());
    }
    Path temporary = Files.createTempDirectory("wrinklefree-kafka");
    undo.push(new Step("delete the temporary data", () -> Utils.delete(temporary.toFile())));
    return temporary;
  }

  private static KafkaConfig config(
      KafkaBrokerSettings settings, Path directory, BoundSockets sockets) throws IOException {
    Properties properties =
        BrokerProperties.of(
            settings, directory, sockets.clientPort(), sockets.controllerAddress().getPort());
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    Formatter formatter =
        new Formatter()
            .setNodeId(BrokerProperties.NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
            .setMetadataLogDirectory(config.metadataLogDir())
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setDirectories(List.of(directory.toString()));
    if (!Files.exists(directory.resolve("meta.properties"))) {
      format(formatter);
    }
    return config;
  }

  private static void format(Formatter formatter) throws IOException {
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format the broker's directory: " + e.getMessage(), e);
    }
  }

  private static void run(KafkaConfig config, BoundSockets sockets, Deque<Step> undo) {
    var directories = KafkaRaftServer.initializeLogDirs(config, LOGGER, "");
    Map<Integer, InetSocketAddress> voters =
        Map.of(BrokerProperties.NODE_ID, sockets.controllerAddress());
    SharedServer shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(voters),
            List.of(),
            (name, fatal, action) -> new LoggingFaultHandler(name, action),
            sockets);
    ControllerServer controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    undo.push(new Step("stop the controller", controller::shutdown));
    controller.startup();
    BrokerServer broker = new BrokerServer(shared);
    undo.push(new Step("stop the broker", broker::shutdown));
    broker.startup();
  }

  private static void unwind(Deque<Step> undo) {
    while (!undo.isEmpty()) {
      Step step = undo.pop();
      try {
        step.action().run();
      } catch (IOException | UncheckedIOException e) {
        LOGGER.warn("Kafka broker could not {}", step.name(), e);
      }
    }
  }

  /** One thing to take back, in reverse order of what was started. */
  private record Step(String name, Action action) {}

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
