package dev.wrinklefree.outbox.watching;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.PostgresResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = OwnBrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PostgresResource.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class BrokerOutageTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Inject Outbox outbox;

  @TestHTTPResource(value = "health/live", management = true)
  URL live;

  @TestHTTPResource(value = "health/ready", management = true)
  URL ready;

  KafkaBroker broker;

  @Test
  void isNotReadyButAliveWhileTheBrokerIsAwayAndRecoversByItself() throws Exception {
    RunId run = Fixtures.newRunId();
    // Not injected: the other test classes' applications have no such values.
    Path directory = ConfigProvider.getConfig().getValue(OwnBrokerResource.DIRECTORY, Path.class);
    int port = ConfigProvider.getConfig().getValue(OwnBrokerResource.PORT, Integer.class);
    await().atMost(PATIENCE).until(() -> status(ready) == 200);

    broker.close();
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                outbox.append(
                    new OutboundEvent(
                        run, Fixtures.launchFailed(run), NOW, NOW, null, null, null)));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(status(live)).isEqualTo(200);
              return "DOWN"
                  .equals(checks().getString("checks.find { it.name == 'broker' }.status"));
            });
    assertThat(status(ready)).isEqualTo(503);
    assertThat(checks().getString("checks.find { it.name == 'broker' }.data.reason")).isNotBlank();
    assertThat(checks().getString("checks.find { it.name == 'broker' }.data.since"))
        .satisfies(since -> assertThat(Instant.parse(since)).isBefore(Instant.now()));

    try (KafkaBroker again = OwnBrokerResource.start(port, directory)) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(status(live)).isEqualTo(200);
                return status(ready) == 200;
              });
      try (ContractConsumer consumer =
              ContractConsumer.at(
                  again.bootstrapServers(), List.of(Topic.LAUNCH_STATE.topicName()));
          ContractProducer producer = new ContractProducer(again.bootstrapServers())) {
        consumer.awaitEvent(run, LaunchFailed.class);
        producer.send(run, new CancelRequested("after", null));
        // The consumer that was there before works again: it answers with the next event.
        consumer.awaitEvents(run, 2);
      }
      assertThat(status(live)).isEqualTo(200);
    }
  }

  private JsonPath checks() {
    return given().get(ready).jsonPath();
  }

  private static int status(URL url) {
    return given().get(url).statusCode();
  }
}
