package dev.wrinklefree.bench.foreign;

import dev.wrinklefree.bench.bed.NotToBeHadException;
import dev.wrinklefree.bench.bed.Workbench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real dstack server without backends, on SQLite as it comes. */
public final class DstackPeer {

  private final Path program;
  private final PrivateHome home;

  /**
   * @throws NotToBeHadException if it is not installed
   */
  public DstackPeer(Workbench workbench) throws IOException, NotToBeHadException {
    this.program = workbench.peer("dstack", "dstack");
    this.home =
        new PrivateHome(
            workbench,
            workbench.state().resolve("dstack"),
            Map.of("PATH", program.getParent() + ":" + System.getenv("PATH")));
  }

  /** Starts the server and waits until it is healthy. */
  public ForeignServer start() throws IOException, InterruptedException {
    int port = freePort();
    return ForeignServer.start(
        home,
        "dstack-server",
        List.of(
            program.toString(),
            "server",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--no",
            "--token",
            "bench"),
        URI.create("http://127.0.0.1:" + port + "/healthcheck"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
