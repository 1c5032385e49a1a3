package dev.wrinklefree.sandbox.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The broker's configuration: one node that is broker and controller at once, sized for a laptop.
 */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final String CLIENT_LISTENER = "CLIENTS";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String PLAINTEXT = ":PLAINTEXT";

  private BrokerProperties() {}

  /**
   * @param settings as they were given
   * @param directory where the data goes
   * @param clientPort the bound port for clients
   * @param controllerPort the bound port of the controller
   */
  static Properties of(
      KafkaBrokerSettings settings, Path directory, int clientPort, int controllerPort) {
    Properties properties = new Properties();
    identity(properties, directory, controllerPort);
    listeners(properties, settings.doors(), clientPort, controllerPort);
    oneNode(properties);
    smallFootprint(properties);
    properties.putAll(settings.properties());
    return properties;
  }

  private static void identity(Properties properties, Path directory, int controllerPort) {
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("process.roles", "broker,controller");
    properties.put("controller.quorum.voters", NODE_ID + "@" + LOOPBACK + ":" + controllerPort);
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put("inter.broker.listener.name", CLIENT_LISTENER);
    properties.put("log.dirs", directory.toString());
  }

  private static void listeners(
      Properties properties,
      List<KafkaBrokerSettings.Door> doors,
      int clientPort,
      int controllerPort) {
    List<String> bound = new ArrayList<>(List.of(address(CLIENT_LISTENER, clientPort)));
    List<String> advertised = new ArrayList<>(bound);
    List<String> protocols =
        new ArrayList<>(List.of(CLIENT_LISTENER + PLAINTEXT, CONTROLLER_LISTENER + PLAINTEXT));
    for (KafkaBrokerSettings.Door door : doors) {
      bound.add(address(door.name(), door.port()));
      advertised.add(address(door.name(), door.advertisedPort()));
      protocols.add(door.name() + PLAINTEXT);
    }
    bound.add(address(CONTROLLER_LISTENER, controllerPort));
    properties.put("listeners", String.join(",", bound));
    properties.put("advertised.listeners", String.join(",", advertised));
    properties.put("listener.security.protocol.map", String.join(",", protocols));
  }

  private static String address(String listener, int port) {
    return listener + "://" + LOOPBACK + ":" + port;
  }

  private static void oneNode(Properties properties) {
    properties.put("auto.create.topics.enable", "false");
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    // A lone node has nobody to wait for. Controlled shutdown stays on: without it the next run on
    // this directory
    // waits 9 s for the session of the former one to end.
    properties.put("controller.quorum.election.timeout.ms", "100");
    properties.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void smallFootprint(Properties properties) {
    properties.put("num.network.threads", "1");
    properties.put("num.io.threads", "2");
    properties.put("num.replica.fetchers", "1");
    properties.put("num.recovery.threads.per.data.dir", "1");
    properties.put("background.threads", "2");
    properties.put("group.coordinator.threads", "1");
    properties.put("share.coordinator.threads", "1");
    properties.put("log.cleaner.threads", "1");
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
    properties.put("log.cleaner.io.buffer.size", Integer.toString(64 * 1024));
    properties.put("log.index.size.max.bytes", Integer.toString(256 * 1024));
    properties.put("metadata.log.segment.bytes", Integer.toString(16 * 1024 * 1024));
    properties.put("offsets.topic.segment.bytes", Integer.toString(4 * 1024 * 1024));
    properties.put("socket.request.max.bytes", Integer.toString(16 * 1024 * 1024));
  }
}
