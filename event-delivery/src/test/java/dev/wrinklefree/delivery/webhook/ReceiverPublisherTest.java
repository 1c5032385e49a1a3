package dev.wrinklefree.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One request to a receiver that is not as it should be. */
class ReceiverPublisherTest {

  private final Vertx vertx = Vertx.vertx();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
    vertx.close();
  }

  @Test
  void reachesNoAddressThatOnlyTheServiceReaches() throws InterruptedException {
    ReceiverPublisher publisher = publisher(Map.of());

    for (String host : List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254")) {
      String url = receiver.url().replace("127.0.0.1", host);
      assertThat(send(publisher, url))
          .as(host)
          .isInstanceOfSatisfying(
              Attempt.Unanswered.class,
              refused ->
                  assertThat(refused.reason())
                      .isIn(
                          "the host has an address that is not public", "the host has no address"));
    }
    assertThat(receiver.isQuiet()).isTrue();
  }

  @Test
  void cutsAnAnswerThatDoesNotEnd() throws InterruptedException {
    ReceiverPublisher publisher = publisher(Map.of("wf.webhooks.allow-private-addresses", "true"));
    receiver.answerNext(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          while (true) { // until the other side is gone
            body.write(new byte[8192]);
            body.flush();
          }
        });

    assertThat(send(publisher, receiver.url())).isEqualTo(new Attempt.Answered(200, null));
  }

  @Test
  void givesUpOnAReceiverThatDoesNotAnswer() throws InterruptedException {
    ReceiverPublisher publisher =
        publisher(
            Map.of("wf.webhooks.allow-private-addresses", "true", "wf.webhooks.timeout", "0.3S"));
    CountDownLatch hanging = new CountDownLatch(1);
    receiver.answerNext(exchange -> hanging.await());

    Attempt attempt = send(publisher, receiver.url());
    hanging.countDown();

    assertThat(attempt).isInstanceOf(Attempt.Unanswered.class);
    assertThat(attempt.words()).startsWith("no answer");
  }

  @Test
  void saysWhatFailed() throws InterruptedException {
    ReceiverPublisher publisher = publisher(Map.of("wf.webhooks.allow-private-addresses", "true"));
    String url = receiver.url();

    assertThat(send(publisher, url.replace("http:", "https:")).words()).startsWith("TLS failed");
    receiver.close();
    assertThat(send(publisher, url).words()).isEqualTo("connection refused or timed out");
  }

  private ReceiverPublisher publisher(Map<String, String> settings) {
    WebhookConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withDefaultValues(settings)
            .withMapping(WebhookConfig.class)
            .build()
            .getConfigMapping(WebhookConfig.class);
    return new ReceiverPublisher(vertx, config, Clock.systemUTC());
  }

  private static Attempt send(ReceiverPublisher publisher, String url) throws InterruptedException {
    return publisher.send(
        TargetUrl.parse(url), "msg_1", List.of(WebhookSecret.generate(new SecureRandom())), "{}");
  }
}
