package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.brokenStream;
import static dev.wrinklefree.skypilot.script.Answer.json;
import static dev.wrinklefree.skypilot.script.Answer.openStream;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static dev.wrinklefree.skypilot.script.Answer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.logs.LogGate;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.logs.LogStream;
import dev.wrinklefree.skypilot.script.Answer;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogStreamTest {
  private static final String FIRST = "11111111-bbfd-4b2d-9b5d-ab8dfbbd4bed";
  private static final String SECOND = "22222222-bbfd-4b2d-9b5d-ab8dfbbd4bed";
  private static final String RETRY = "<sky-payload>\"<retry></retry>\"</sky-payload>\n";
  private static final CountDownLatch AT_ONCE = new CountDownLatch(0);

  private ScriptedServer server;
  private SkyPilotClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void givesCleanLinesAndThenTheExitCode() {
    server
        .on(
            "/jobs/logs",
            stream(
                FIRST,
                "<sky-payload>\"<rich_init>Waiting</rich_init>\"</sky-payload>\n"
                    + "\u001B[36m(task, pid=1)\u001B[0m loss 2.5\n\nlast"))
        .on("/api/get", result("100"));
    try (LogStream log = client.streamLogs(LogQuery.following(7).withTail(20))) {
      assertThat(log.exitCode()).isEmpty();
      assertThat(lines(log)).containsExactly("(task, pid=1) loss 2.5", "", "last");
      assertThat(log.exitCode()).hasValue(100);
    }
    JsonNode body = server.seen("/jobs/logs").getFirst().body();
    assertThat(body.path("job_id").longValue()).isEqualTo(7);
    assertThat(body.path("follow").booleanValue()).isTrue();
    assertThat(body.path("tail").intValue()).isEqualTo(20);
    assertThat(body.path("env_vars").has("SKYPILOT_USER_ID")).isTrue();
    assertThat(server.seen("/api/get").getFirst().uri()).endsWith(FIRST);
  }

  @Test
  void survivesCharactersThatStraddleChunks() {
    byte[] text = "übergröße 😀 €\nzweite Zeile\n".getBytes(StandardCharsets.UTF_8);
    List<byte[]> singleBytes =
        IntStream.range(0, text.length).mapToObj(i -> new byte[] {text[i]}).toList();
    server.on("/jobs/logs", stream(FIRST, singleBytes));
    try (LogStream log = client.streamLogs(LogQuery.untilNow(7))) {
      assertThat(lines(log)).containsExactly("übergröße 😀 €", "zweite Zeile");
    }
  }

  @Test
  void givesALineAsSoonAsItIsWritten() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    server.on(
        "/jobs/logs",
        exchange -> {
          openStream(exchange, FIRST);
          exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          Answer.awaitQuietly(read);
          exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    try (LogStream log = client.streamLogs(LogQuery.following(7))) {
      assertThat(log.nextLine()).contains("first");
      read.countDown();
      assertThat(lines(log)).containsExactly("second");
    }
  }

  @Test
  void opensAgainOnARetryPayloadAndContinuesWhereItWas() {
    server
        .on("/jobs/logs", stream(FIRST, "a\nb\n" + RETRY), stream(SECOND, "a\nb\nc\n"))
        .on("/api/get", result("0"));
    try (LogStream log = client.streamLogs(LogQuery.following(7))) {
      assertThat(lines(log)).containsExactly("a", "b", "c");
      assertThat(log.exitCode()).hasValue(0);
    }
    assertThat(server.seen("/api/get").getFirst().uri()).endsWith(SECOND);
  }

  @Test
  void opensAgainWhenTheConnectionBreaksInTheMiddleOfALine() {
    server.on(
        "/jobs/logs",
        brokenStream(FIRST, "a\nhalf a li", AT_ONCE),
        json(503, "{\"detail\":\"Server is shutting down\"}"),
        stream(SECOND, "a\nhalf a line\n"));
    try (LogStream log = client.streamLogs(LogQuery.following(7))) {
      assertThat(lines(log)).containsExactly("a", "half a line");
    }
    assertThat(server.seen("/jobs/logs")).hasSize(3);
  }

  @Test
  void asksTheGateBeforeEachOpening() {
    server.on("/jobs/logs", stream(FIRST, "a\n" + RETRY), stream(SECOND, "a\nb\n"));
    List<Integer> opened = new ArrayList<>();
    LogGate gate = () -> opened.add(server.seen("/jobs/logs").size());
    try (LogStream log = client.streamLogs(LogQuery.following(7), gate)) {
      assertThat(lines(log)).containsExactly("a", "b");
    }
    assertThat(opened).containsExactly(0, 1);
  }

  @Test
  void asksAGateAgainThatCannotSay() {
    server.on("/jobs/logs", stream(FIRST, "a\n" + RETRY), stream(SECOND, "a\nb\n"));
    AtomicInteger asked = new AtomicInteger();
    LogGate gate =
        () -> {
          if (asked.incrementAndGet() == 2) {
            throw new Retryable("nobody knows", null);
          }
        };
    try (LogStream log = client.streamLogs(LogQuery.following(7), gate)) {
      assertThat(lines(log)).containsExactly("a", "b");
    }
    assertThat(asked).hasValue(3);
  }

  @Test
  void opensNoLogThatTheGateForbids() {
    server.on("/jobs/logs", stream(FIRST, "a\n" + RETRY), stream(SECOND, "a stranger's\n"));
    AtomicInteger asked = new AtomicInteger();
    LogGate gate =
        () -> {
          if (asked.incrementAndGet() > 1) {
            throw new IllegalStateException("a stranger's");
          }
        };
    try (LogStream log = client.streamLogs(LogQuery.following(7), gate)) {
      assertThat(log.nextLine()).contains("a");
      assertThatThrownBy(log::nextLine).isInstanceOf(IllegalStateException.class);
    }
    LogQuery another = LogQuery.following(8);
    assertThatThrownBy(() -> client.streamLogs(another, gate))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.seen("/jobs/logs")).hasSize(1);
  }

  @Test
  void opensAgainWhenTheStreamIsSilentForTooLong() {
    var impatient = server.settings().timeouts().withSilence(Duration.ofMillis(200));
    server.on("/jobs/logs", brokenStream(FIRST, "a\n", server.stopped()), stream(SECOND, "a\nb\n"));
    try (var quick = new SkyPilotClient(server.settings().withTimeouts(impatient));
        LogStream log = quick.streamLogs(LogQuery.following(7))) {
      assertThat(lines(log)).containsExactly("a", "b");
    }
  }

  @Test
  void isRetryableWhenItCannotBeOpenedAgain() {
    server.on(
        "/jobs/logs", brokenStream(FIRST, "a\n", AT_ONCE), json(503, "{\"detail\":\"full\"}"));
    try (LogStream log = client.streamLogs(LogQuery.following(7))) {
      assertThat(log.nextLine()).contains("a");
      assertThatThrownBy(log::nextLine).isInstanceOf(Retryable.class).hasMessageContaining("full");
    }
    assertThat(server.seen("/jobs/logs")).hasSize(3);
  }

  @Test
  void closingWakesTheReaderAndClosesTheConnection() throws Exception {
    CompletableFuture<Boolean> connectionClosed = new CompletableFuture<>();
    server.on(
        "/jobs/logs",
        exchange -> {
          openStream(exchange, FIRST);
          exchange.getResponseBody().write("a\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          writeUntilClosed(exchange.getResponseBody(), connectionClosed);
        });
    LogStream log = client.streamLogs(LogQuery.following(7));
    assertThat(log.nextLine()).contains("a");
    CompletableFuture<Optional<String>> next = CompletableFuture.supplyAsync(log::nextLine);
    log.close();
    assertThat(next.get(5, TimeUnit.SECONDS)).isEmpty();
    assertThat(connectionClosed.get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(log.exitCode()).isEmpty();
    assertThat(server.seen("/jobs/logs")).hasSize(1);
  }

  @Test
  void closingTheClientEndsAStreamWithoutAnotherPause() throws Exception {
    server.on("/jobs/logs", brokenStream(FIRST, "a\n", server.stopped()));
    Backoff slow = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), 10);
    var patient = new SkyPilotClient(server.settings().withBackoff(slow));
    LogStream log = patient.streamLogs(LogQuery.following(7));
    assertThat(log.nextLine()).contains("a");
    patient.close();
    var failure = CompletableFuture.supplyAsync(() -> catchThrowable(log::nextLine));
    assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(Retryable.class);
  }

  @Test
  void aSlowReaderSlowsTheServerDown() {
    byte[] block = ("x".repeat(1023) + "\n").repeat(1024).getBytes(StandardCharsets.UTF_8);
    int blocks = 64;
    CompletableFuture<Boolean> allWritten = new CompletableFuture<>();
    server.on(
        "/jobs/logs",
        exchange -> {
          openStream(exchange, FIRST);
          for (int i = 0; i < blocks; i++) {
            exchange.getResponseBody().write(block);
          }
          allWritten.complete(true);
          exchange.close();
        });
    try (LogStream log = client.streamLogs(LogQuery.untilNow(7))) {
      assertThat(log.nextLine()).isPresent();
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(2))
          .until(() -> !allWritten.isDone());
      assertThat(lines(log)).hasSize(blocks * 1024 - 1);
      assertThat(allWritten).isDone();
    }
  }

  private static void writeUntilClosed(OutputStream body, CompletableFuture<Boolean> closed) {
    byte[] heartbeat =
        "<sky-payload>\"<heartbeat></heartbeat>\"</sky-payload>\n".getBytes(StandardCharsets.UTF_8);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        body.write(heartbeat);
        body.flush();
      }
    } catch (IOException e) {
      closed.complete(true);
    }
  }

  private static List<String> lines(LogStream log) {
    List<String> lines = new ArrayList<>();
    log.forEachLine(lines::add);
    return lines;
  }
}
