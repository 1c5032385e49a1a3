package dev.wrinklefree.outbox.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.intake.HandledRepository.Handled;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.platform.TestPostgres;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class DatabaseOutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Inject HandledRepository handled;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String database;

  @TestHTTPResource(value = "health/live", management = true)
  URL live;

  @TestHTTPResource(value = "health/ready", management = true)
  URL ready;

  @Test
  void waitsForTheDatabaseIsNotReadyButAliveAndGoesOnInOrder() throws Exception {
    RunId runId = Fixtures.newRunId();
    try (ContractProducer producer = new ContractProducer()) {
      producer.send(runId, new CancelRequested("before", null));
      await().atMost(PATIENCE).until(() -> handled.committed(runId).size() == 1);
      assertThat(status(ready)).isEqualTo(200);

      try (TestPostgres.Outage outage = TestPostgres.interrupt(database)) {
        producer.send(runId, new CancelRequested("during", null));
        producer.send(runId, new CancelRequested("also", null));
        await().atMost(PATIENCE).until(() -> isDown("intake") && isDown("database"));
        assertThat(data("intake", "reason")).startsWith("a record cannot be handled: ");
        assertThat(data("database", "reason")).isNotBlank();
        assertThat(status(ready)).isEqualTo(503);
        assertThat(status(live)).isEqualTo(200);
      }

      await().atMost(PATIENCE).until(() -> handled.committed(runId).size() == 3);
      await().atMost(PATIENCE).until(() -> status(ready) == 200);
    }
    assertThat(handled.committed(runId))
        .extracting(Handled::reason)
        .containsExactly("before", "during", "also");
    try (ContractConsumer letters = ContractConsumer.ofDeadLetters(Topic.CANCEL_REQUESTED);
        ContractConsumer consumer = ContractConsumer.of(Topic.LAUNCH_STATE)) {
      assertThat(letters.events(runId)).isEmpty();
      assertThat(consumer.awaitEvents(runId, 3))
          .extracting(event -> event.attributes().sequence())
          .containsExactly(1L, 2L, 3L);
    }
  }

  private boolean isDown(String check) {
    return "DOWN".equals(given().get(ready).path("checks.find { it.name == '%s' }.status", check));
  }

  private String data(String check, String key) {
    return given().get(ready).path("checks.find { it.name == '%s' }.data.%s".formatted(check, key));
  }

  private static int status(URL url) {
    return given().get(url).statusCode();
  }
}
