package dev.wrinklefree.cost.api;

import static dev.wrinklefree.cost.MonitoredRun.AWS;
import static dev.wrinklefree.cost.MonitoredRun.UNPRICED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.MonitoredRun;
import dev.wrinklefree.cost.SettableClock;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPlatform
class CostsResourceTest {

  private static final String PROBLEM = "application/problem+json";
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  @Inject SettableClock clock;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final MonitoredRun run = new MonitoredRun(producer, START);

  @BeforeEach
  void startTheClock() {
    clock.set(START);
  }

  @AfterEach
  void close() {
    producer.close();
    costs.close();
  }

  @Test
  void shouldComputeTheCostAsOfNow() throws JsonProcessingException {
    run.job(0, JobState.RUNNING, AWS);
    costs.awaitEvent(run.id(), CostUpdated.class);
    // Later than any tick can have told.
    clock.set(run.minute(15));

    CostUpdated cost = get(run);

    assertThat(cost.asOf()).isEqualTo(run.minute(15));
    assertThat(cost.spent()).isEqualTo(Money.usd("13.76"));
    assertThat(cost.perHour()).isEqualTo(Money.usd("55.04"));
  }

  @Test
  void shouldAnswerWithTheDataOfTheEvent() throws JsonProcessingException {
    run.job(0, JobState.RUNNING, AWS);
    run.job(10, JobState.SUCCEEDED, AWS);
    CostUpdated told = costs.awaitEvent(run.id(), CostUpdated.class, CostUpdated::ended).data();

    assertThat(get(run)).isEqualTo(told);
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() {
    run.job(0, JobState.RUNNING, UNPRICED);
    costs.awaitEvent(run.id(), CostUpdated.class);

    given()
        .get("/costs/{id}", run.id().value())
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("pricing", equalTo("unknown"))
        .body("$", not(hasKey("spent")))
        .body("$", not(hasKey("perHour")))
        .body("intervals[0]", not(hasKey("amount")))
        .body("intervals[0].seconds", equalTo(0));
  }

  @Test
  void shouldKnowAnAcceptedRunThatHasNoMachinesYet() {
    run.launch(Fixtures.launchAccepted(run.id()));

    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/costs/{id}", run.id().value())
                    .then()
                    .statusCode(200)
                    .body("pricing", equalTo("known"))
                    .body("spent.amount", equalTo("0.00"))
                    .body("accruing", equalTo(false))
                    .body("ended", equalTo(false)));
  }

  @Test
  void shouldNotKnowARejectedRun() {
    run.launch(Fixtures.launchRejected(run.id()));
    MonitoredRun later = onTheSamePartitionAs(run);
    later.launch(Fixtures.launchAccepted(later.id()));
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> given().get("/costs/{id}", later.id().value()).statusCode() == 200);

    given().get("/costs/{id}", run.id().value()).then().statusCode(404);
  }

  @Test
  void shouldListTheNewestRunFirstAndNoMoreThanAsked() {
    run.job(0, JobState.RUNNING, AWS);
    costs.awaitEvent(run.id(), CostUpdated.class);
    // Newer than the run of any other test.
    clock.set(START.plusSeconds(86_400));
    MonitoredRun newer = new MonitoredRun(producer, START);
    newer.job(0, JobState.RUNNING, AWS);
    costs.awaitEvent(newer.id(), CostUpdated.class);

    List<String> two =
        given().get("/costs?limit=2").then().statusCode(200).extract().path("costs.runId");
    List<String> all =
        given().get("/costs?limit=1000").then().statusCode(200).extract().path("costs.runId");

    assertThat(two).hasSize(2).startsWith(newer.id().value());
    assertThat(all).startsWith(two.toArray(String[]::new)).contains(run.id().value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "abc", "1.5"})
  void shouldRefuseABadLimit(String limit) {
    given()
        .queryParam("limit", limit)
        .get("/costs")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("status", equalTo(400))
        .body("instance", equalTo("/costs"))
        .body("violations[0].field", equalTo("limit"))
        .body("violations[0].code", equalTo("not-in-range"))
        .body("violations[0].message", containsString("from 1 to 1000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-run", "NOT A RUN ID", "-"})
  void shouldSayWhenThereIsNoSuchRun(String runId) {
    given()
        .get("/costs/{id}", runId)
        .then()
        .statusCode(404)
        .contentType(PROBLEM)
        .body("title", equalTo("Unknown run"))
        .body("detail", equalTo("No run has the id '" + runId + "'."));
  }

  @Test
  void shouldAnswerWhatTheFrameworkRefusesAsAProblem() {
    given().get("/nothing-here").then().statusCode(404).contentType(PROBLEM);
    given().delete("/costs").then().statusCode(405).contentType(PROBLEM);
  }

  private static CostUpdated get(MonitoredRun run) throws JsonProcessingException {
    String body =
        given()
            .get("/costs/{id}", run.id().value())
            .then()
            .statusCode(200)
            .contentType("application/json")
            .extract()
            .asString();
    return ContractJson.mapper().readValue(body, CostUpdated.class);
  }

  /** A run whose records come after those of the other, in the same partition. */
  private MonitoredRun onTheSamePartitionAs(MonitoredRun other) {
    MonitoredRun candidate = new MonitoredRun(producer, START);
    while (partition(candidate) != partition(other)) {
      candidate = new MonitoredRun(producer, START);
    }
    return candidate;
  }

  private static int partition(MonitoredRun run) {
    return BuiltInPartitioner.partitionForKey(
        run.id().value().getBytes(StandardCharsets.UTF_8), Topic.PARTITIONS);
  }
}
