package dev.wrinklefree.bench.launch;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * Takes connections and never answers: a SkyPilot that is busy with the launches that it has. The
 * service then has as many submits under way as it may, for longer than anything is measured, and
 * all other runs wait for a place among them, as in any burst of launches: SkyPilot starts a few a
 * second at most. What this waiting costs the service is in its figures.
 */
public final class SilentServer implements Closeable {

  private static final int BACKLOG = 1_000;

  private final ServerSocket socket;

  /** Begins to listen on a free port of the loopback address. */
  public SilentServer() throws IOException {
    socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  /** Where it is. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
