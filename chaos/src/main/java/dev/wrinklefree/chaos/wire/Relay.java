package dev.wrinklefree.chaos.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One connection through a proxy: two sockets and a thread for each direction. */
final class Relay {

  private static final int BUFFER = 32 * 1024;

  private final Link link;
  private final Socket client;
  private final Socket server;
  private final Dialogue dialogue;
  private final Weather weather;
  private final Toll toll;
  private final long openedNanos = System.nanoTime();

  Relay(Link link, Socket client, Socket server, Dialogue dialogue, Weather weather, Toll toll) {
    this.link = link;
    this.client = client;
    this.server = server;
    this.dialogue = dialogue;
    this.weather = weather;
    this.toll = toll;
  }

  /** Relays until either side ends, or the toll does. */
  void run() {
    Thread answers = Thread.ofVirtual().start(() -> pump(server, client, dialogue::answer));
    pump(client, server, dialogue::request);
    try {
      answers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends both connections with an RST, which a peer sees as "connection reset". */
  void reset() {
    reset(client);
    reset(server);
  }

  static void reset(Socket socket) {
    try (socket) {
      // With no time to linger, close sends RST instead of FIN.
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It was closed before.
    }
  }

  @FunctionalInterface
  private interface Reader {
    @Nullable Message next(InputStream in) throws IOException;
  }

  private void pump(Socket from, Socket to, Reader reader) {
    try {
      from.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(from.getInputStream(), BUFFER);
      OutputStream out = new BufferedOutputStream(to.getOutputStream(), BUFFER);
      for (Message message = reader.next(in); message != null; message = reader.next(in)) {
        if (!pass(message, out)) {
          reset();
          return;
        }
        if (in.available() == 0) {
          out.flush();
        }
      }
      out.flush();
    } catch (IOException e) {
      // One side is gone; the other is told below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(from);
    close(to);
  }

  private boolean pass(Message message, OutputStream out) throws IOException, InterruptedException {
    weather.pass();
    return switch (toll.of(new Toll.Passage(link, openedNanos, message))) {
      case Toll.Pass pass -> {
        out.write(message.bytes());
        yield true;
      }
      case Toll.PassThen then -> {
        out.write(message.bytes());
        out.flush();
        then.action().run();
        yield true;
      }
      case Toll.Cut cut -> {
        // What came before it has passed already, as far as the peer can tell.
        out.flush();
        yield false;
      }
    };
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
