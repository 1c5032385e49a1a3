package dev.wrinklefree.delivery.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // injected
class WebhookLatencyTest {

  private static final Logger LOGGER = LoggerFactory.getLogger(WebhookLatencyTest.class);
  private static final int EVENTS = 200;

  @Inject Outbox outbox;

  @Test
  void takesMillisecondsFromCommitToReceiver() {
    RunId run = Fixtures.newRunId();
    List<Duration> delays = new ArrayList<>();
    try (Receiver receiver = new Receiver()) {
      String id =
          given()
              .contentType(ContentType.JSON)
              .body(Map.of("url", receiver.url(), "runId", run.value()))
              .post("/webhooks")
              .path("id");
      for (int i = 0; i < EVENTS; i++) {
        Instant now = Fixtures.REQUESTED_AT;
        QuarkusTransaction.requiringNew()
            .run(
                () ->
                    outbox.append(
                        new OutboundEvent(
                            run, Fixtures.launchFailed(run), now, now, null, null, null)));
        long committed = System.nanoTime();
        delays.add(Duration.ofNanos(receiver.next().nanos() - committed));
      }
      given().delete("/webhooks/" + id).then().statusCode(204);
    }
    delays.sort(null);
    LOGGER.info(
        "Commit to webhook: p50 {} ms, p99 {} ms",
        delays.get(EVENTS / 2).toMillis(),
        delays.get(EVENTS * 99 / 100).toMillis());
    assertThat(delays.get(EVENTS / 2)).isLessThan(Duration.ofSeconds(1));
  }
}
