package dev.wrinklefree.sandbox.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two listening sockets, bound before anything else starts: a taken port fails at
 * once, and the port that the system chose for 0 is known in time to be written into the controller
 * quorum's configuration.
 */
final class BoundSockets implements ServerSocketFactory, Closeable {

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;

  private BoundSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
    this.clients = clients;
    this.controller = controller;
  }

  /**
   * Binds both sockets to the loopback address, the controller's to any free port.
   *
   * @throws IOException if the client port is taken
   */
  static BoundSockets bind(int clientPort) throws IOException {
    ServerSocketChannel clients = open(clientPort);
    try {
      return new BoundSockets(clients, open(0));
    } catch (IOException e) {
      clients.close();
      throw e;
    }
  }

  private static ServerSocketChannel open(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  int clientPort() {
    return clients.socket().getLocalPort();
  }

  InetSocketAddress controllerAddress() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), controller.socket().getLocalPort());
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) {
    return listenerName.equals(BrokerProperties.CONTROLLER_LISTENER) ? controller : clients;
  }

  @Override
  public void close() throws IOException {
    try (controller) {
      clients.close();
    }
  }
}
