package dev.wrinklefree.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** HTTP/1.1 over a socket, one request each, as a client would send it that obeys no rule. */
public final class RawHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final InetSocketAddress server;

  /** A client of a server on this machine. */
  public RawHttp(int port) {
    this.server = new InetSocketAddress("127.0.0.1", port);
  }

  /**
   * An answer.
   *
   * @param status 0 if the server closed the connection without a word
   * @param head status line and headers, in lower case
   * @param body the rest, as text
   */
  public record Answer(int status, String head, String body) {

    /** Whether it has that content type. */
    public boolean is(String contentType) {
      return head.contains("\r\ncontent-type: " + contentType);
    }
  }

  /**
   * Sends bytes and reads until the server closes the connection.
   *
   * @param request must ask for that: {@code Connection: close}
   */
  public Answer send(byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        socket.getInputStream().transferTo(answer);
      } catch (SocketException e) {
        // The server may refuse and close before it has read all: what it said until then counts.
        return read(answer.toByteArray());
      }
      return read(answer.toByteArray());
    }
  }

  private static Answer read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.")) {
      return new Answer(0, "", text);
    }
    return new Answer(
        Integer.parseInt(text.substring(9, 12)),
        text.substring(0, end + 2).toLowerCase(Locale.ROOT),
        text.substring(end + 4));
  }
}
