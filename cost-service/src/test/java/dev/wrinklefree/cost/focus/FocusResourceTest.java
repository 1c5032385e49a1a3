package dev.wrinklefree.cost.focus;

import static dev.wrinklefree.cost.MonitoredRun.AWS;
import static dev.wrinklefree.cost.MonitoredRun.UNPRICED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.cost.MonitoredRun;
import dev.wrinklefree.cost.SettableClock;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
class FocusResourceTest {

  /** No other test has machines in this month. */
  private static final Instant START = Instant.parse("2025-03-10T12:00:00Z");

  @Inject SettableClock clock;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final MonitoredRun run = new MonitoredRun(producer, START);

  @AfterEach
  void close() {
    producer.close();
    costs.close();
  }

  @Test
  void shouldExportChargesAsJsonAndCsv() {
    clock.set(run.minute(120));
    run.launch(Fixtures.launchAccepted(run.id()));
    run.job(0, JobState.RUNNING, 1, AWS);
    run.job(30, JobState.RECOVERING, 1, null);
    run.job(40, JobState.RUNNING, 2, UNPRICED);
    run.job(50, JobState.SUCCEEDED, 2, UNPRICED);
    costs.awaitEvent(run.id(), CostUpdated.class, CostUpdated::ended);
    // launch-state is another topic, and may be read after job-state.
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> get("text/csv", "2025-03-01T00:00:00Z").asString().contains("\"\"model\"\""));

    Response json = get("application/json", "2025-03-01T00:00:00Z");
    List<Map<String, Object>> rows = json.jsonPath().getList("rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst())
        .containsEntry("ChargeCategory", "Usage")
        .containsEntry("ChargePeriodEnd", "2025-03-10T12:30:00Z")
        .containsEntry("x_RunId", run.id().value())
        .containsEntry("x_Estimated", true)
        .containsEntry("ChargeClass", null);
    assertThat(new BigDecimal(String.valueOf(rows.getFirst().get("BilledCost"))))
        .isEqualByComparingTo("27.52");
    assertThat(json.jsonPath().getList("unpriced.runId")).containsExactly(run.id().value());

    Response csv = get("text/csv", "2025-03-01T00:00:00Z");
    List<String> lines = csv.asString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,")
        .endsWith(",x_NodeCount,x_AcceleratorName,x_AcceleratorCount");
    assertThat(lines.getLast()).startsWith("27.52").contains(",\"{\"\"model\"\":");
    assertThat(csv.header("Unpriced-Intervals")).isEqualTo("1");
  }

  @Test
  void shouldNameAParameterThatIsWrong() {
    given()
        .queryParam("from", "yesterday")
        .get("/exports/focus")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("from"))
        .body("violations[0].code", equalTo("malformed-time"));
  }

  private static Response get(String type, String from) {
    return given()
        .accept(type)
        .queryParam("from", from)
        .queryParam("to", "2025-04-01T00:00:00Z")
        .get("/exports/focus")
        .then()
        .statusCode(200)
        .extract()
        .response();
  }
}
