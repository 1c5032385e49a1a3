package dev.wrinklefree.delivery.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.delivery.webhook.Receiver.Answer;
import dev.wrinklefree.delivery.webhook.Receiver.Received;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.AccessTable;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks, to a receiver over HTTP. */
@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // injected
class WebhookTest {

  @Inject Outbox outbox;
  @Inject SettableClock clock;
  @Inject DataSource dataSource;

  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    List<String> ids = given().get("/webhooks?limit=1000").jsonPath().getList("webhooks.id");
    ids.forEach(id -> given().delete("/webhooks/" + id).then().statusCode(204));
    receiver.close();
  }

  @Test
  void sendsWhatWasCommittedSignedAndInOrder() throws GeneralSecurityException {
    RunId run = Fixtures.newRunId();
    JsonPath webhook = create(Map.of("url", receiver.url(), "runId", run.value()));
    QuarkusTransaction.begin();
    outbox.append(event(run));
    QuarkusTransaction.rollback();
    for (int i = 1; i <= 5; i++) {
      commit(run);
    }

    List<Received> got = receiver.next(5);

    assertThat(got)
        .extracting(Received::eventId)
        .containsExactly(run + ":1", run + ":2", run + ":3", run + ":4", run + ":5");
    assertThat(got).extracting(Received::id).doesNotHaveDuplicates();
    for (Received request : got) {
      assertThat(request.contentType()).isEqualTo("application/cloudevents+json");
      assertThat(request.signature().split(" ")).hasSize(1);
      assertSigned(request, webhook.getString("secret"));
      assertThat(request.json().path("specversion").asText()).isEqualTo("1.0");
      assertThat(request.json().path("source").asText()).isEqualTo("/test-service/launch-state");
      assertThat(request.json().path("data").path("runId").asText()).isEqualTo(run.value());
    }
    String id = webhook.getString("id");
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(view(id).getInt("pending")).isZero());
    assertThat(view(id).getString("lastDeliveredAt")).isNotNull();
  }

  @Test
  void triesAgainUnderTheSameIdBeforeItSendsTheNext() throws SQLException {
    RunId run = Fixtures.newRunId();
    String id = create(Map.of("url", receiver.url(), "runId", run.value())).getString("id");
    receiver.answerNext(
        Answer.status(500), Answer.lost(), Answer.status(302, Map.of("Location", "/elsewhere")));
    commit(run);
    commit(run);

    Received first = receiver.next();
    awaitTries(id, 1, "HTTP 500");
    clock.advance(Duration.ofSeconds(7));
    Received lost = receiver.next();
    awaitTries(id, 2, "the connection broke");
    clock.advance(Duration.ofMinutes(7));
    Received redirected = receiver.next();
    awaitTries(id, 3, "HTTP 302");
    assertThat(receiver.isQuiet()).isTrue();
    clock.advance(Duration.ofMinutes(40));
    List<Received> last = receiver.next(2);

    assertThat(List.of(lost, redirected, last.getFirst()))
        .allSatisfy(
            again -> {
              assertThat(again.id()).isEqualTo(first.id());
              assertThat(again.body()).isEqualTo(first.body());
            });
    assertThat(last.getLast().eventId()).isEqualTo(run + ":2");
  }

  @Test
  void sendsAgainWhatAProcessTookAndDidNotFinish() {
    RunId run = Fixtures.newRunId();
    create(Map.of("url", receiver.url(), "runId", run.value()));
    CountDownLatch hanging = new CountDownLatch(1);
    receiver.answerNext(
        exchange -> {
          hanging.await();
          exchange.close();
        });
    commit(run);
    Received first = receiver.next();
    assertThat(receiver.isQuiet()).isTrue();

    clock.advance(Duration.ofMinutes(2)); // the lease ends, as when the process was killed
    Received again = receiver.next();
    hanging.countDown();

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.timestamp()).isGreaterThanOrEqualTo(first.timestamp() + 120);
  }

  @Test
  void oneRunDoesNotWaitForAnother() {
    create(Map.of("url", receiver.url()));
    CountDownLatch hanging = new CountDownLatch(1);
    receiver.answerNext(
        exchange -> {
          hanging.await();
          exchange.sendResponseHeaders(204, -1);
        });
    RunId slow = Fixtures.newRunId();
    RunId other = Fixtures.newRunId();
    commit(slow);
    assertThat(receiver.next().eventId()).isEqualTo(slow + ":1");
    commit(slow);
    commit(other);
    assertThat(receiver.next().eventId()).isEqualTo(other + ":1");
    assertThat(receiver.isQuiet()).isTrue();
    hanging.countDown();
    assertThat(receiver.next().eventId()).isEqualTo(slow + ":2");
  }

  @Test
  void keepsWhatItGaveUpAndSendsItAgainWhenAsked() throws SQLException {
    RunId run = Fixtures.newRunId();
    String id = create(Map.of("url", receiver.url(), "runId", run.value())).getString("id");
    Answer[] refusals = new Answer[8];
    Arrays.fill(refusals, Answer.status(503));
    receiver.answerNext(refusals);
    commit(run);
    Received first = receiver.next();
    for (int tries = 1; tries < 8; tries++) {
      awaitTries(id, tries, "HTTP 503");
      clock.advance(untilNext(id));
      assertThat(receiver.next().id()).isEqualTo(first.id());
    }

    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(view(id).getInt("deadLetters")).isEqualTo(1));
    given()
        .get("/webhooks/" + id + "/dead-letters")
        .then()
        .statusCode(200)
        .body("deadLetters", hasSize(1))
        .body("deadLetters[0].deliveryId", equalTo(first.id()))
        .body("deadLetters[0].eventId", equalTo(run + ":1"))
        .body("deadLetters[0].tries", equalTo(8))
        .body("deadLetters[0].reason", equalTo("HTTP 503"));
    given()
        .post("/webhooks/%s/dead-letters/%s/redeliver".formatted(id, first.id()))
        .then()
        .statusCode(202)
        .body("redelivered", equalTo(1));
    assertThat(receiver.next().id()).isEqualTo(first.id());
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(view(id).getInt("deadLetters")).isZero());
    given()
        .post("/webhooks/%s/dead-letters/%s/redeliver".formatted(id, first.id()))
        .then()
        .statusCode(404);
  }

  @Test
  void stopsWhenTheReceiverIsGone() {
    RunId run = Fixtures.newRunId();
    String id = create(Map.of("url", receiver.url(), "runId", run.value())).getString("id");
    receiver.answerNext(Answer.status(410));
    commit(run);
    receiver.next();
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(view(id).getString("disabledAt")).isNotNull());
    commit(run);

    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(() -> assertThat(view(id).getInt("deadLetters")).isEqualTo(1));
    assertThat(view(id).getInt("pending")).isZero();
    assertThat(receiver.isQuiet()).isTrue();
    given()
        .post("/webhooks/" + id + "/dead-letters/redeliver")
        .then()
        .statusCode(409)
        .body("type", equalTo("/problems/webhook-disabled"));
  }

  @Test
  void sendsOnlyTheTypesThatAreWanted() {
    RunId run = Fixtures.newRunId();
    create(Map.of("url", receiver.url(), "types", List.of("dev.wrinklefree.launch.submitted.v1")));
    commit(run, Fixtures.launchFailed(run));
    commit(run, Fixtures.launchSubmitted(run));
    assertThat(receiver.next().json().path("type").asText())
        .isEqualTo("dev.wrinklefree.launch.submitted.v1");
  }

  @Test
  void pingsAtOnceAndTellsTheAnswer() throws GeneralSecurityException {
    JsonPath webhook = create(Map.of("url", receiver.url()));
    receiver.answerNext(Answer.status(204), Answer.status(404));

    ping(webhook).body("delivered", equalTo(true)).body("answer", equalTo("HTTP 204"));
    Received request = receiver.next();
    assertSigned(request, webhook.getString("secret"));
    assertThat(request.json().path("type").asText()).isEqualTo("dev.wrinklefree.webhook.ping.v1");

    ping(webhook).body("delivered", equalTo(false)).body("answer", equalTo("HTTP 404"));
    receiver.close();
    ping(webhook).body("answer", equalTo("connection refused or timed out"));
  }

  @Test
  void signsWithBothSecretsWhileOneIsChanged() throws GeneralSecurityException {
    RunId run = Fixtures.newRunId();
    JsonPath webhook = create(Map.of("url", receiver.url(), "runId", run.value()));
    String rotated =
        given()
            .post("/webhooks/" + webhook.getString("id") + "/rotate")
            .jsonPath()
            .getString("secret");
    assertThat(rotated).isNotEqualTo(webhook.getString("secret"));
    commit(run);
    Received both = receiver.next();
    assertThat(both.signature().split(" ")).hasSize(2);
    assertSigned(both, webhook.getString("secret"));
    assertSigned(both, rotated);

    clock.advance(Duration.ofHours(25));
    commit(run);
    Received one = receiver.next();
    assertThat(one.signature().split(" ")).hasSize(1);
    assertSigned(one, rotated);
  }

  @Test
  void showsASecretOnceAndKeepsItEncrypted() throws SQLException {
    String own = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    JsonPath webhook = create(Map.of("url", receiver.url(), "secret", own));
    String id = webhook.getString("id");

    assertThat(webhook.getString("secret")).isEqualTo(own);
    assertThat(view(id).getString("secret")).isNull();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT secret FROM webhook_subscription WHERE id = '" + id + "'")) {
      row.next();
      assertThat(Base64.getEncoder().encodeToString(row.getBytes(1)))
          .doesNotContain(Base64.getEncoder().encodeToString(new byte[24]));
    }
  }

  @Test
  void showsAWebhookToItsOwnerAndAdmins() {
    String admins = create(Map.of("url", receiver.url())).getString("id");
    String launchers =
        as(TestToken.LAUNCHER)
            .contentType(ContentType.JSON)
            .body(Map.of("url", receiver.url()))
            .post("/webhooks")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    as(TestToken.LAUNCHER).get("/webhooks").then().body("webhooks.id", equalTo(List.of(launchers)));
    as(TestToken.ADMIN).get("/webhooks").then().body("webhooks", hasSize(2));
    for (String path : List.of("", "/dead-letters")) {
      as(TestToken.LAUNCHER).get("/webhooks/" + admins + path).then().statusCode(404);
    }
    for (String path : List.of("/ping", "/rotate", "/dead-letters/redeliver")) {
      as(TestToken.LAUNCHER).post("/webhooks/" + admins + path).then().statusCode(404);
    }
    as(TestToken.LAUNCHER).delete("/webhooks/" + admins).then().statusCode(404);
    as(TestToken.ADMIN).get("/webhooks/" + launchers).then().statusCode(200);
    as(TestToken.LAUNCHER).delete("/webhooks/" + launchers).then().statusCode(204);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, url, required",
    "{\"url\":\"ftp://example.com/\"}, url, malformed-url",
    "'{\"url\":\"http://127.0.0.1/\",\"runId\":\"No_Run\"}', runId, malformed-run-id",
    "'{\"url\":\"http://127.0.0.1/\",\"types\":[\"x\"]}', types, unknown-type",
    "'{\"url\":\"http://127.0.0.1/\",\"types\":[null]}', types, unknown-type",
    "'{\"url\":\"http://127.0.0.1/\",\"secret\":\"mine\"}', secret, malformed-secret"
  })
  void refusesWhatItCannotServe(String body, String field, String code) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/webhooks")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo(field))
        .body("violations[0].code", equalTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /webhooks",
    "GET, /webhooks",
    "GET, /webhooks/no-such",
    "DELETE, /webhooks/%00",
    "POST, /webhooks/no-such/ping",
    "POST, /webhooks/no-such/rotate",
    "GET, /webhooks/no-such/dead-letters",
    "POST, /webhooks/no-such/dead-letters/redeliver",
    "POST, /webhooks/no-such/dead-letters/msg_1/redeliver"
  })
  void isForThoseWhoMayLaunch(String method, String path) {
    AccessTable.check(method, path, TestToken.LAUNCHER);
  }

  private static RequestSpecification as(TestToken token) {
    return given().auth().oauth2(token.token());
  }

  private static JsonPath create(Map<String, Object> body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/webhooks")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  private static io.restassured.response.ValidatableResponse ping(JsonPath webhook) {
    return given().post("/webhooks/" + webhook.getString("id") + "/ping").then().statusCode(200);
  }

  private static JsonPath view(String id) {
    return given().get("/webhooks/" + id).jsonPath();
  }

  private void commit(RunId run) {
    commit(run, Fixtures.launchFailed(run));
  }

  private void commit(RunId run, EventData data) {
    Instant now = clock.instant();
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.append(new OutboundEvent(run, data, now, now, null, null, null)));
  }

  private static OutboundEvent event(RunId run) {
    Instant at = Fixtures.REQUESTED_AT;
    return new OutboundEvent(run, Fixtures.launchFailed(run), at, at, null, null, null);
  }

  private void awaitTries(String id, int tries, String failure) {
    await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(head(id, "tries")).isEqualTo(Integer.toString(tries));
              assertThat(head(id, "last_failure")).isEqualTo(failure);
            });
  }

  private Duration untilNext(String id) throws SQLException {
    return Duration.ofMillis(
        (long)
            (1000
                * Double.parseDouble(
                    head(
                        id,
                        "ceil(extract(epoch FROM next_at) - %d) + 1"
                            .formatted(clock.instant().getEpochSecond())))));
  }

  /** A column of the delivery that waits first. */
  private String head(String id, String column) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s FROM webhook_delivery WHERE subscription_id = '%s' ORDER BY position"
                    .formatted(column, id))) {
      return row.next() ? String.valueOf(row.getString(1)) : "none";
    }
  }

  /** As a receiver does it, written from the specification and not with the sender's code. */
  private static void assertSigned(Received request, String secret)
      throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    hmac.init(new SecretKeySpec(key, "raw"));
    hmac.update(request.id().getBytes(StandardCharsets.UTF_8));
    hmac.update((byte) '.');
    hmac.update(Long.toString(request.timestamp()).getBytes(StandardCharsets.UTF_8));
    hmac.update((byte) '.');
    String expected =
        Base64.getEncoder()
            .encodeToString(hmac.doFinal(request.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(request.signature().split(" ")).contains("v1," + expected);
  }
}
