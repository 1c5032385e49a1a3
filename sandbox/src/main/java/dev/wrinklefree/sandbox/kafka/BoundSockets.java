package dev.wrinklefree.sandbox.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's listening sockets, bound before anything else starts: a taken port fails at once,
 * and the port that the system chose for 0 is known in time to be written into the controller
 * quorum's configuration.
 */
final class BoundSockets implements ServerSocketFactory, Closeable {

  private final Map<String, ServerSocketChannel> byListener = new LinkedHashMap<>();

  private BoundSockets() {}

  /**
   * Binds all sockets to the loopback address, the controller's to any free port.
   *
   * @throws IOException if a port for clients is taken
   */
  static BoundSockets bind(KafkaBrokerSettings settings) throws IOException {
    BoundSockets sockets = new BoundSockets();
    try {
      sockets.open(BrokerProperties.CLIENT_LISTENER, settings.port());
      for (KafkaBrokerSettings.Door door : settings.doors()) {
        sockets.open(door.name(), door.port());
      }
      sockets.open(BrokerProperties.CONTROLLER_LISTENER, 0);
      return sockets;
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
  }

  private void open(String listener, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      byListener.put(listener, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  int clientPort() {
    return port(BrokerProperties.CLIENT_LISTENER);
  }

  InetSocketAddress controllerAddress() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), port(BrokerProperties.CONTROLLER_LISTENER));
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) {
    return channel(listenerName);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : byListener.values()) {
      channel.close();
    }
  }

  private int port(String listener) {
    return channel(listener).socket().getLocalPort();
  }

  private ServerSocketChannel channel(String listener) {
    return Objects.requireNonNull(byListener.get(listener), listener);
  }
}
