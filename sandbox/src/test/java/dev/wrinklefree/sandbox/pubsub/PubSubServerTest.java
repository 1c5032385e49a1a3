package dev.wrinklefree.sandbox.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire, and how messages travel. */
class PubSubServerTest {

  private static final String TOPIC = "projects/p/topics/t";
  private static final String SUBSCRIPTION = "projects/p/subscriptions/s";
  private static final Duration DEADLINE = Duration.ofMillis(100);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private PubSubServer server;

  @BeforeEach
  void start() throws IOException {
    server = PubSubServer.start(0);
    server.subscribe(TOPIC, SUBSCRIPTION, DEADLINE);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void deliversWhatWasPublished() throws Exception {
    server.publish(TOPIC, Map.of("eventType", "OBJECT_FINALIZE"), "{}");

    JsonNode message = pull().getFirst().path("message");

    assertThat(message.path("attributes").path("eventType").asText()).isEqualTo("OBJECT_FINALIZE");
    assertThat(Base64.getDecoder().decode(message.path("data").asText()))
        .asString()
        .isEqualTo("{}");
    assertThat(message.path("messageId").asText()).isNotEmpty();
    assertThat(message.path("publishTime").asText()).endsWith("Z");
  }

  @Test
  void deliversAgainWhatIsNotAcknowledgedInTime() throws Exception {
    server.publish(TOPIC, Map.of(), "");
    String first = pull().getFirst().path("ackId").asText();
    String second = pull().getFirst().path("ackId").asText();
    assertThat(second).isNotEqualTo(first);

    acknowledge(first);
    assertThat(server.unacknowledged(SUBSCRIPTION)).isEqualTo(1);
    acknowledge(second);

    assertThat(server.unacknowledged(SUBSCRIPTION)).isZero();
    assertThat(server.acknowledged(SUBSCRIPTION)).isEqualTo(1);
    assertThat(
            post(SUBSCRIPTION + ":pull", "{\"maxMessages\":1,\"returnImmediately\":true}").body())
        .isEqualTo("{}");
  }

  @Test
  void aPullWaitsForAMessage() throws Exception {
    CompletableFuture<List<JsonNode>> pull = CompletableFuture.supplyAsync(this::pullUnchecked);
    server.publish(TOPIC, Map.of(), "");

    assertThat(pull.get()).hasSize(1);
  }

  @Test
  void duplicatesDelaysShufflesAndLoses() throws Exception {
    server.deliver(new Delivery(3, false, Duration.ZERO));
    server.publish(TOPIC, Map.of("n", "x"), "");
    assertThat(server.unacknowledged(SUBSCRIPTION)).isEqualTo(3);
    assertThat(attributes(pull())).containsExactly("x", "x", "x");

    server.deliver(Delivery.lossy());
    server.publish(TOPIC, Map.of("n", "lost"), "");
    assertThat(server.unacknowledged(SUBSCRIPTION)).isEqualTo(3);

    acknowledgeAll();
    server.deliver(new Delivery(1, true, Duration.ofMillis(300)));
    List<String> published = new ArrayList<>();
    long begun = System.nanoTime();
    for (int n = 0; n < 20; n++) {
      published.add(Integer.toString(n));
      server.publish(TOPIC, Map.of("n", Integer.toString(n)), "");
    }
    Awaitility.await().until(() -> server.unacknowledged(SUBSCRIPTION) == 20);
    List<String> received = new ArrayList<>();
    while (received.size() < 20) {
      List<JsonNode> some = pull();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
      received.addAll(attributes(some));
      for (JsonNode one : some) {
        acknowledge(one.path("ackId").asText());
      }
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(published).isNotEqualTo(published);
  }

  @Test
  void refusesLikeTheApi() throws Exception {
    server.refuseNext(1, 503);
    assertThat(post(SUBSCRIPTION + ":pull", "{\"maxMessages\":1}").statusCode()).isEqualTo(503);
    HttpResponse<String> missing = post("projects/p/subscriptions/none:pull", "{}");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json.readTree(missing.body()).path("error").path("status").asText())
        .isEqualTo("NOT_FOUND");
    assertThat(post(SUBSCRIPTION + ":pull", "{}").statusCode()).isEqualTo(400);
    assertThat(post(SUBSCRIPTION + ":pull", "{").statusCode()).isEqualTo(400);
    assertThat(post(SUBSCRIPTION + ":seek", "{}").statusCode()).isEqualTo(404);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.publish("projects/p/topics/none", Map.of(), ""));
  }

  @Test
  void createsAndPublishesByRest() throws Exception {
    assertThat(put("projects/p/topics/t2", "{}").statusCode()).isEqualTo(200);
    assertThat(put("projects/p/topics/t2", "{}").statusCode()).isEqualTo(409);
    assertThat(put("projects/p/subscriptions/s2", "{\"topic\":\"projects/p/topics/t2\"}").body())
        .contains("\"ackDeadlineSeconds\":10");

    HttpResponse<String> published =
        post(
            "projects/p/topics/t2:publish",
            "{\"messages\":[{\"attributes\":{\"a\":\"b\"},\"data\":\"e30=\"}]}");

    assertThat(json.readTree(published.body()).path("messageIds")).hasSize(1);
    assertThat(server.unacknowledged("projects/p/subscriptions/s2")).isEqualTo(1);
  }

  @Test
  void tellsOfObjectsAsCloudStorageDoes() throws Exception {
    try (StorageServer storage = StorageServer.start(StorageServerSettings.temporary())) {
      storage.createBucket("bkt");
      BucketNotifications.connect(storage, server, TOPIC);
      storage.put("bkt", "a/b.pt", "x".getBytes(UTF_8));
      storage.put("bkt", "a/b.pt", "y".getBytes(UTF_8));

      List<JsonNode> received = pull();

      JsonNode attributes = received.getLast().path("message").path("attributes");
      assertThat(attributes.path("eventType").asText()).isEqualTo("OBJECT_FINALIZE");
      assertThat(attributes.path("bucketId").asText()).isEqualTo("bkt");
      assertThat(attributes.path("objectId").asText()).isEqualTo("a/b.pt");
      assertThat(attributes.path("overwroteGeneration").asText())
          .isEqualTo(
              received
                  .getFirst()
                  .path("message")
                  .path("attributes")
                  .path("objectGeneration")
                  .asText());
    }
  }

  private List<JsonNode> pull() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(SUBSCRIPTION + ":pull", "{\"maxMessages\":100}");
    assertThat(answer.statusCode()).isEqualTo(200);
    List<JsonNode> messages = new ArrayList<>();
    json.readTree(answer.body()).path("receivedMessages").forEach(messages::add);
    return messages;
  }

  private List<JsonNode> pullUnchecked() {
    try {
      return pull();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> attributes(List<JsonNode> messages) {
    return messages.stream()
        .map(message -> message.path("message").path("attributes").path("n").asText())
        .toList();
  }

  private void acknowledge(String ackId) throws IOException, InterruptedException {
    assertThat(post(SUBSCRIPTION + ":acknowledge", "{\"ackIds\":[\"" + ackId + "\"]}").statusCode())
        .isEqualTo(200);
  }

  private void acknowledgeAll() throws IOException, InterruptedException {
    while (server.unacknowledged(SUBSCRIPTION) > 0) {
      for (JsonNode message : pull()) {
        acknowledge(message.path("ackId").asText());
      }
    }
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> put(String path, String body)
      throws IOException, InterruptedException {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.endpoint() + "/v1/" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
