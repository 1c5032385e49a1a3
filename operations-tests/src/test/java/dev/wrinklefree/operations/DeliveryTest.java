package dev.wrinklefree.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.operations.ShippedPlatform.Running;
import dev.wrinklefree.operations.ShippedPlatform.Stop;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events over HTTP, of the service as it is shipped, across a stop. */
class DeliveryTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long PATIENCE_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> hooked = new LinkedBlockingQueue<>();

  @Test
  void aStreamEndsWithTheServiceAndGoesOnWithTheNext(@TempDir Path directory) throws Exception {
    HttpServer receiver = receiver();
    try (ShippedPlatform platform = new ShippedPlatform(directory);
        ContractProducer producer = new ContractProducer(platform.broker())) {
      Running service = platform.start("launch-service").awaitReady();
      String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
      assertThat(post(service.rest("/webhooks"), "{\"url\":\"" + hook + "\"}")).isEqualTo(201);
      RunId run = Fixtures.newRunId();
      String afterFirst;
      try (Stream<String> stream = open(service, run, "")) {
        Iterator<String> lines = stream.iterator();
        awaitBegin(lines);
        producer.send(run, Requests.small());
        Told accepted = next(lines);
        assertThat(accepted.type()).isEqualTo("dev.wrinklefree.launch.accepted.v1");
        assertThat(next(lines).type()).isEqualTo("dev.wrinklefree.launch.submitted.v1");
        afterFirst = accepted.id();
        assertThat(List.of(hookedId(), hookedId())).containsExactly(run + ":1", run + ":2");

        Stop stop = service.stop();

        assertThat(stop.took()).isLessThan(LIMIT);
        // To its end; a connection that breaks would be an exception here.
        lines.forEachRemaining(line -> assertThat(line).doesNotStartWith("event: "));
      }
      Running successor = platform.start("launch-service").awaitReady();
      try (Stream<String> stream = open(successor, run, afterFirst)) {
        assertThat(next(stream.iterator()).type()).isEqualTo("dev.wrinklefree.launch.submitted.v1");
      }
    } finally {
      receiver.stop(0);
      http.shutdownNow();
    }
  }

  private Stream<String> open(Running service, RunId run, String lastId)
      throws IOException, InterruptedException {
    HttpRequest request =
        as(service.rest("/launches/events?runId=" + run)).header("Last-Event-ID", lastId).build();
    HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private int post(URI address, String body) throws IOException, InterruptedException {
    HttpRequest request =
        as(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder as(URI address) {
    return HttpRequest.newBuilder(address)
        .header("Authorization", "Bearer " + TestToken.ADMIN.token());
  }

  /** An event as far as it is of interest here. */
  private record Told(String id, String type) {}

  private static Told next(Iterator<String> lines) {
    String id = "";
    while (true) {
      String line = lines.next();
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        return new Told(id, line.substring("event: ".length()));
      }
    }
  }

  /** The first id: from there on nothing is missed. */
  private static void awaitBegin(Iterator<String> lines) {
    while (!lines.next().startsWith("id: ")) {
      // Comments, while the broker has not told where the topic ends.
    }
  }

  private String hookedId() throws InterruptedException {
    JsonNode event = hooked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).as("a request to the webhook").isNotNull();
    return event.path("id").asText();
  }

  private HttpServer receiver() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          hooked.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
