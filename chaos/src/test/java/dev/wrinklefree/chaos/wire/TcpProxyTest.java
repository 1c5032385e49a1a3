package dev.wrinklefree.chaos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.chaos.part.Part;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TcpProxyTest {

  private static final Link LINK = new Link(Part.LAUNCH, Part.SKYPILOT);
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SHORT_MILLIS = 200;

  private final List<String> served = new CopyOnWriteArrayList<>();
  private volatile Toll toll = passage -> new Toll.Pass();
  private HttpServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          served.add(exchange.getRequestURI().getPath());
          byte[] body = "null".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    proxy =
        TcpProxy.start(
            LINK, 0, server.getAddress().getPort(), Protocol.HTTP, passage -> toll.of(passage));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  @Test
  void relaysBothWays() throws Exception {
    assertThat(exchange(PATIENCE_MILLIS)).startsWith("HTTP/1.1 200");
    assertThat(served).containsExactly("/jobs/launch");
  }

  @Test
  void aRequestThatIsCutDoesNotReachTheServer() {
    toll = cutting(Phase.REQUEST);

    assertThatThrownBy(() -> exchange(PATIENCE_MILLIS)).isInstanceOf(IOException.class);
    assertThat(served).isEmpty();
  }

  @Test
  void anAnswerThatIsCutWasServed() {
    toll = cutting(Phase.ANSWER);

    assertThatThrownBy(() -> exchange(PATIENCE_MILLIS)).isInstanceOf(IOException.class);
    assertThat(served).containsExactly("/jobs/launch");
  }

  @Test
  void whatFollowsADeliveredMessageIsDoneAfterIt() throws Exception {
    CountDownLatch delivered = new CountDownLatch(1);
    CompletableFuture<Boolean> doneAfterDelivery = new CompletableFuture<>();
    toll =
        passage ->
            passage.message().phase() == Phase.ANSWER
                ? new Toll.PassThen(() -> doneAfterDelivery.complete(await(delivered)))
                : new Toll.Pass();

    assertThat(exchange(PATIENCE_MILLIS)).startsWith("HTTP/1.1 200");
    delivered.countDown();
    assertThat(doneAfterDelivery.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void aSilentLinkHoldsMessagesBackUntilItIsResumed() throws Exception {
    proxy.silence();
    try (Socket client = connect(SHORT_MILLIS)) {
      send(client);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(served).isEmpty();

      proxy.resume();
      client.setSoTimeout(PATIENCE_MILLIS);
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  void aSlowLinkDelaysEachMessage() throws Exception {
    proxy.slow(Duration.ofMillis(60));
    long before = System.nanoTime();

    exchange(PATIENCE_MILLIS);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(110));
  }

  @Test
  void aLinkThatIsDownResetsNewConnections() {
    proxy.refuse(true);

    assertThatThrownBy(() -> exchange(PATIENCE_MILLIS))
        .isInstanceOfAny(SocketException.class, ConnectException.class);
    assertThat(served).isEmpty();
  }

  @Test
  @Timeout(30)
  void aResetLosesWhatIsHeldBack() throws Exception {
    proxy.silence();
    try (Socket client = connect(PATIENCE_MILLIS)) {
      send(client);
      // A connection that is not relayed yet is not reset.
      while (proxy.connections() == 0) {
        Thread.onSpinWait();
      }
      proxy.reset();
      proxy.resume();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThat(served).isEmpty();
  }

  @Test
  void aServerThatIsGoneLooksLikeAReset() {
    server.stop(0);

    assertThatThrownBy(() -> exchange(PATIENCE_MILLIS)).isInstanceOf(IOException.class);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Toll cutting(Phase phase) {
    return passage ->
        passage.message().call() == Call.LAUNCH && passage.message().phase() == phase
            ? new Toll.Cut()
            : new Toll.Pass();
  }

  private String exchange(int patienceMillis) throws IOException {
    try (Socket client = connect(patienceMillis)) {
      send(client);
      byte[] start = client.getInputStream().readNBytes(12);
      if (start.length == 0) {
        throw new IOException("the connection was closed");
      }
      return new String(start, StandardCharsets.US_ASCII);
    }
  }

  private Socket connect(int patienceMillis) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(patienceMillis);
    return client;
  }

  private static void send(Socket client) throws IOException {
    client
        .getOutputStream()
        .write(
            "POST /jobs/launch HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
  }
}
