package dev.wrinklefree.outbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A network between a client and a broker that delivers late: it can keep what the client sends,
 * for longer than the client waits and after the client has gone, and deliver it then.
 */
final class HoldingProxy implements AutoCloseable {

  private final ServerSocket server;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile int brokerPort;
  private volatile boolean holding;

  HoldingProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** Forwards to that port from now on. */
  HoldingProxy forwardTo(int port) {
    brokerPort = port;
    start(this::accept);
    return this;
  }

  /** Keeps what is sent from now on, on all connections and on those that come. */
  void hold() {
    synchronized (links) {
      holding = true;
      links.forEach(link -> link.held = true);
    }
  }

  /** Connections that come from now on are forwarded; what is held stays held. */
  void letNewOnesPass() {
    holding = false;
  }

  /**
   * Delivers what is held, and waits for the broker's answer to each.
   *
   * @return how many connections had something to deliver
   */
  int deliver() throws IOException, InterruptedException {
    int delivered = 0;
    for (Link link : links) {
      delivered += link.deliver() ? 1 : 0;
    }
    return delivered;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Link link : links) {
      link.close();
    }
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), brokerPort));
      synchronized (links) {
        link.held = holding;
        links.add(link);
      }
      start(link::forward);
      start(link::answer);
    }
  }

  private static void start(Piping piping) {
    Thread.ofPlatform()
        .daemon()
        .name("holding-proxy")
        .start(
            () -> {
              try {
                piping.run();
              } catch (IOException e) {
                // One of the two ends is gone, as the tests want it.
              }
            });
  }

  @FunctionalInterface
  private interface Piping {
    void run() throws IOException;
  }

  /** One connection of the client and its counterpart to the broker. */
  private static final class Link {

    private final Socket client;
    private final Socket broker;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean held;
    private volatile boolean delivered;

    Link(Socket client, Socket broker) {
      this.client = client;
      this.broker = broker;
    }

    void forward() throws IOException {
      byte[] buffer = new byte[65_536];
      InputStream from = client.getInputStream();
      OutputStream to = broker.getOutputStream();
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        synchronized (kept) {
          if (held) {
            kept.write(buffer, 0, n);
          } else {
            to.write(buffer, 0, n);
          }
        }
      }
      if (!held) {
        broker.close();
      }
    }

    void answer() throws IOException {
      byte[] buffer = new byte[65_536];
      InputStream from = broker.getInputStream();
      OutputStream to = client.getOutputStream();
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (delivered) {
          answered.countDown();
        } else {
          to.write(buffer, 0, n);
        }
      }
      answered.countDown();
    }

    boolean deliver() throws IOException, InterruptedException {
      synchronized (kept) {
        if (kept.size() == 0) {
          return false;
        }
        delivered = true;
        broker.getOutputStream().write(kept.toByteArray());
        kept.reset();
      }
      if (!answered.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the broker did not answer what was delivered late");
      }
      return true;
    }

    void close() throws IOException {
      client.close();
      broker.close();
    }
  }
}
