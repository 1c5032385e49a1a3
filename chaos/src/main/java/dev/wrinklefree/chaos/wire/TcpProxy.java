package dev.wrinklefree.chaos.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Relays the connections of one link, message by message. It can slow, silence, refuse and reset
 * them, and asks its {@link Toll} about every message.
 *
 * <p>Why not Toxiproxy: it relays bytes. A fault here is aimed at a message, such as a submit that
 * was forwarded and whose answer is withheld.
 */
public final class TcpProxy implements Closeable {

  private static final int BACKLOG = 64;

  private final Link link;
  private final int serverPort;
  private final Supplier<Dialogue> dialogues;
  private final Toll toll;
  private final Weather weather = new Weather();
  private final ServerSocket listener;
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

  private TcpProxy(Link link, int serverPort, Protocol protocol, Toll toll, ServerSocket listener) {
    this.link = link;
    this.serverPort = serverPort;
    this.dialogues = protocol.dialogues();
    this.toll = toll;
    this.listener = listener;
  }

  /**
   * Listens on the loopback address and relays to it.
   *
   * @param port to listen on; 0 for any free one
   * @param serverPort to relay to
   */
  public static TcpProxy start(Link link, int port, int serverPort, Protocol protocol, Toll toll)
      throws IOException {
    ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    TcpProxy proxy = new TcpProxy(link, serverPort, protocol, toll, listener);
    Thread.ofVirtual().name("proxy " + link).start(proxy::accept);
    return proxy;
  }

  /** Whose connections these are. */
  public Link link() {
    return link;
  }

  /** The port that clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are being relayed. */
  int connections() {
    return relays.size();
  }

  /** Adds a delay to every message; zero takes it away. */
  public void slow(Duration delay) {
    weather.slow(delay);
  }

  /** Holds all messages back; connections stay open, and new ones are taken. */
  public void silence() {
    weather.silence();
  }

  /** Takes one {@link #silence()} back. */
  public void resume() {
    weather.resume();
  }

  /** Refuses new connections, or takes them again. */
  public void refuse(boolean refused) {
    weather.down(refused);
  }

  /** Resets all connections; what is held back on them is lost. */
  public void reset() {
    relays.forEach(Relay::reset);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }

  private void accept() {
    while (!listener.isClosed()) {
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        // Closed, or out of descriptors: the next turn of the loop tells which.
        continue;
      }
      Thread.ofVirtual().start(() -> relay(client));
    }
  }

  private void relay(Socket client) {
    if (weather.isDown()) {
      Relay.reset(client);
      return;
    }
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    } catch (IOException e) {
      Relay.reset(client);
      return;
    }
    Relay relay = new Relay(link, client, server, dialogues.get(), weather, toll);
    relays.add(relay);
    try {
      relay.run();
    } finally {
      relays.remove(relay);
    }
  }
}
