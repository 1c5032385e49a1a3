package dev.wrinklefree.delivery.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics over HTTP, from a real broker. */
@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // injected
class StreamTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource("/jobs/events")
  URI address;

  @Inject MeterRegistry meters;

  private final ContractProducer producer = new ContractProducer();

  @AfterEach
  void close() {
    producer.close();
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(connections()).isZero());
  }

  @Test
  void sendsAnEventWholeAsSoonAsItIsThere() throws IOException {
    RunId run = Fixtures.newRunId();
    try (SseClient client = client("?runId=" + run, null)) {
      assertThat(client.next().isEvent()).as("begins with its id and no event").isFalse();
      assertThat(client.lastId()).startsWith("job-state/" + run + "@");

      EventAttributes sent = send(run, 1);

      SseClient.Block event = client.nextEvent();
      assertThat(event.event()).isEqualTo("dev.wrinklefree.job.state-changed.v1");
      JsonNode json = JSON.readTree(event.data());
      assertThat(json.path("specversion").asText()).isEqualTo("1.0");
      assertThat(json.path("id").asText()).isEqualTo(sent.id());
      assertThat(json.path("source").asText()).isEqualTo(sent.source());
      assertThat(json.path("subject").asText()).isEqualTo(run.value());
      assertThat(json.path("sequence").asText()).isEqualTo("1");
      assertThat(json.path("data").path("runId").asText()).isEqualTo(run.value());
    }
  }

  @Test
  void leavesOutOtherRuns() throws IOException {
    RunId wanted = Fixtures.newRunId();
    try (SseClient client = client("?runId=" + wanted, null)) {
      client.next();
      send(Fixtures.newRunId(), 1);
      send(wanted, 1);
      assertThat(subject(client.nextEvent())).isEqualTo(wanted.value());
    }
  }

  @Test
  void resumesAfterAnyEventWithAllThatFollows() throws IOException {
    RunId run = Fixtures.newRunId();
    List<SseClient.Block> whole;
    try (SseClient client = client("?runId=" + run, null)) {
      client.next();
      for (int i = 1; i <= 6; i++) {
        send(run, i);
      }
      whole = client.nextEvents(6);
    }
    assertThat(sequences(whole)).containsExactly("1", "2", "3", "4", "5", "6");
    for (int cut = 1; cut < 6; cut++) {
      try (SseClient client = client("?runId=" + run, whole.get(cut - 1).id())) {
        assertThat(client.nextEvents(6 - cut)).isEqualTo(whole.subList(cut, 6));
      }
    }
  }

  @Test
  void missesNothingBetweenTwoConnectionsThatSawNoEvent() throws IOException {
    RunId run = Fixtures.newRunId();
    String id;
    try (SseClient client = client("", null)) {
      id = client.next().id();
    }
    send(run, 1);
    try (SseClient client = client("?runId=" + run + "&lastEventId=" + id, null)) {
      assertThat(sequences(client.nextEvents(1))).containsExactly("1");
    }
  }

  @Test
  void tellsAllThatTheBrokerHasOfARun() throws IOException {
    RunId run = Fixtures.newRunId();
    send(run, 1);
    send(run, 2);
    try (SseClient client = client("?from=start&runId=" + run, null)) {
      assertThat(sequences(client.nextEvents(2))).containsExactly("1", "2");
    }
  }

  @Test
  void movesTheIdOnWhileNothingIsWanted() {
    RunId run = Fixtures.newRunId();
    try (SseClient client = client("?runId=" + run, null)) {
      String first = client.next().id();
      // One of another run in the same partition: the run's own id moves with it.
      RunId neighbour = neighbourOf(run);
      send(neighbour, 1);
      await()
          .atMost(ContractConsumer.PATIENCE)
          .until(() -> !Objects.equals(client.next().id(), first));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?runId=No_Run, runId, malformed-run-id",
    "?lastEventId=nonsense, lastEventId, malformed-id",
    "?lastEventId=run-alert@0:1, lastEventId, other-stream",
    "?lastEventId=job-state/some-run@0:1, lastEventId, other-stream",
    "?from=yesterday, from, not-a-choice"
  })
  void refusesWhatItCannotMeet(String query, String field, String code) {
    given()
        .get(address + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo(field))
        .body("violations[0].code", equalTo(code));
  }

  @Test
  void refusesOneMoreThanItMayServe() {
    List<SseClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        clients.add(client("", null));
      }
      given()
          .get(address)
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", "10")
          .body("type", equalTo("/problems/too-many-streams"));
    } finally {
      clients.forEach(SseClient::close);
    }
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(connections()).isZero());
    try (SseClient client = client("", null)) {
      assertThat(client.next().isEvent()).isFalse();
    }
  }

  @Test
  void aClientThatDoesNotReadLosesNothingAndHoldsNothing() throws IOException {
    RunId run = Fixtures.newRunId();
    int events = 150;
    double before = sent();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
      String request =
          "GET %s?runId=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(address.getPath(), run, TestToken.VIEWER.token());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      readUntil(answer, "id: job-state/" + run);
      // 15 MB: more than any socket buffers, and 200 times the window of these tests.
      for (int i = 1; i <= events; i++) {
        send(run, i, 100_000);
      }
      assertThat(sent() - before).as("events that the connection has taken").isLessThan(events);
      for (int i = 1; i <= events; i++) {
        readUntil(answer, "\"sequence\":\"" + i + "\"");
      }
    }
  }

  @Test
  void isForThoseWhoMayRead() {
    given().auth().none().get(address).then().statusCode(401);
    AccessTable.check("GET", "/jobs/events?from=nonsense", TestToken.VIEWER);
  }

  private SseClient client(String query, @Nullable String id) {
    return new SseClient(URI.create(address + query), id);
  }

  private EventAttributes send(RunId run, long sequence) {
    return send(run, sequence, 0);
  }

  private EventAttributes send(RunId run, long sequence, int padding) {
    EventAttributes event =
        new EventAttributes(
            run + ":" + sequence,
            "/monitor-service/job-state",
            EventType.JOB_STATE_CHANGED,
            run,
            Fixtures.REQUESTED_AT,
            Fixtures.REQUESTED_AT,
            sequence,
            null,
            null,
            null);
    String data = "{\"runId\":\"%s\",\"padding\":\"%s\"}".formatted(run, "x".repeat(padding));
    producer.send(event, data.getBytes(StandardCharsets.UTF_8));
    return event;
  }

  private double sent() {
    return meters.get("wf.stream.events").counter().count();
  }

  private double connections() {
    return meters.get("wf.stream.connections").gauge().value();
  }

  private static RunId neighbourOf(RunId run) {
    while (true) {
      RunId other = Fixtures.newRunId();
      if (partition(other) == partition(run)) {
        return other;
      }
    }
  }

  private static int partition(RunId run) {
    byte[] key = run.value().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % Topic.PARTITIONS;
  }

  private static List<String> sequences(List<SseClient.Block> events) throws IOException {
    List<String> sequences = new ArrayList<>();
    for (SseClient.Block event : events) {
      sequences.add(JSON.readTree(event.data()).path("sequence").asText());
    }
    return sequences;
  }

  private static String subject(SseClient.Block event) throws IOException {
    return JSON.readTree(event.data()).path("subject").asText();
  }

  private static void readUntil(BufferedReader stream, String text) throws IOException {
    String line = "";
    while (!line.contains(text)) {
      line = stream.readLine();
      assertThat(line).as("the stream ended before %s", text).isNotNull();
    }
  }
}
