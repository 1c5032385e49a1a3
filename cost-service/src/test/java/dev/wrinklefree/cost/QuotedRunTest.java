package dev.wrinklefree.cost;

import static dev.wrinklefree.cost.MonitoredRun.NEBIUS;
import static dev.wrinklefree.cost.MonitoredRun.UNPRICED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.CheckpointAdvice;
import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is expected of a run, through a real broker and a real database. */
@QuarkusTest
@WithPlatform
class QuotedRunTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  @Inject SettableClock clock;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final ContractConsumer alerts = ContractConsumer.of(Topic.RUN_ALERT);
  private final MonitoredRun run = new MonitoredRun(producer, START);

  @BeforeEach
  void startTheClock() {
    clock.set(START);
  }

  @AfterEach
  void close() {
    producer.close();
    costs.close();
    alerts.close();
  }

  @Test
  void shouldQuoteARunInTheWakeOfItsAcceptance() {
    EventAttributes accepted = run.acceptedOn("small");

    Event<CostUpdated> told = costs.awaitEvent(run.id(), CostUpdated.class);

    Quote quote = Objects.requireNonNull(told.data().quote());
    assertThat(told.attributes().causationId()).isEqualTo(accepted.id());
    assertThat(told.attributes().sequence()).isEqualTo(1);
    assertThat(quote.total()).isEqualTo(Money.usd("7.70"));
    assertThat(quote.hours()).isEqualByComparingTo("2");
    assertThat(quote.hoursSource()).isEqualTo("Deployment Guide");
    assertThat(told.data().forecast()).isEqualTo(quote.total());
    assertThat(told.data().spent()).isEqualTo(Money.usd("0"));

    run.job(0, JobState.RUNNING, NEBIUS);
    assertThat(awaitCost(CostUpdated::accruing).quote()).isEqualTo(quote);
    given()
        .get("/costs/{id}", run.id().value())
        .then()
        .statusCode(200)
        .body("quote.total.amount", equalTo("7.70"))
        .body("quote.hours", equalTo("2"));
    run.job(1, JobState.CANCELLED, NEBIUS);
    awaitCost(CostUpdated::ended);
  }

  @Test
  void shouldTellNothingInTheWakeOfARunThatItCannotQuote() {
    run.acceptedOn("medium");
    EventAttributes running = run.job(0, JobState.RUNNING, NEBIUS);

    Event<CostUpdated> told = costs.awaitEvent(run.id(), CostUpdated.class);

    assertThat(told.attributes().causationId()).isEqualTo(running.id());
    assertThat(told.data().quote()).isNull();
    run.job(1, JobState.CANCELLED, NEBIUS);
    awaitCost(CostUpdated::ended);
  }

  @Test
  void shouldLearnFromFiveRunsOfOurOwnHowLongTheyTake() {
    for (int i = 0; i < 5; i++) {
      MonitoredRun earlier = new MonitoredRun(producer, START);
      earlier.acceptedOn("xlarge");
      Awaitility.await()
          .atMost(ContractConsumer.PATIENCE)
          .until(() -> given().get("/costs/{id}", earlier.id().value()).statusCode() == 200);
      earlier.job(0, JobState.RUNNING, NEBIUS);
      earlier.job(30, JobState.SUCCEEDED, NEBIUS);
      costs.awaitEvent(earlier.id(), CostUpdated.class, CostUpdated::ended);
    }

    run.acceptedOn("xlarge");

    Quote quote = Objects.requireNonNull(awaitCost(cost -> true).quote());
    assertThat(quote.hoursSource()).isEqualTo("median of our last 5 runs");
    assertThat(quote.total()).isEqualTo(Money.usd("1.925"));
  }

  @Test
  void shouldForecastByThePaceOfTheRun() {
    run.acceptedOn("small");
    // The plan is another topic than the progress, and may be read after it.
    awaitCost(cost -> cost.quote() != null);
    run.job(0, JobState.RUNNING, NEBIUS);
    awaitCost(CostUpdated::accruing);
    clock.set(run.minute(30));
    run.progressAt(20, 1000);
    run.progressAt(30, 2000);

    // 8,000 of 10,000 steps at 100 a minute are 80 minutes more: 110 at 3.85 an hour.
    CostUpdated told = awaitCost(cost -> Money.usd("7.058333").equals(cost.forecast()));

    assertThat(told.spent()).isEqualTo(Money.usd("1.925"));
    given()
        .get("/costs/{id}/what-if", run.id().value())
        .then()
        .statusCode(200)
        .body("basis", equalTo("remaining"))
        .body("hoursSource", equalTo("the pace of the run"))
        .body("present.cloud", equalTo("nebius"))
        .body("present.total.amount", equalTo("5.133333"))
        .body("offers[0].spot", equalTo(true))
        .body("offers[0].difference.amount", startsWith("-"))
        .body("offers.cloud", hasItem("gcp"));
    run.job(30, JobState.SUCCEEDED, NEBIUS);
    CostUpdated end = awaitCost(CostUpdated::ended);
    assertThat(end.forecast()).isEqualTo(end.spent());
  }

  @Test
  void shouldAdviseHowOftenToSave() {
    run.job(0, JobState.RUNNING, NEBIUS);
    awaitCost(CostUpdated::accruing);
    clock.set(run.minute(60));
    run.checkpoint(10, 1000);
    run.checkpoint(20, 2000);
    run.checkpoint(30, 3000);

    CheckpointAdvice advice =
        Objects.requireNonNull(
            awaitCost(cost -> cost.advice() != null && cost.unitCosts().checkpoints() == 3)
                .advice());

    assertThat(advice.intervalSeconds()).isEqualTo(600);
    assertThat(advice.lossRateSource()).startsWith("assumed for machines on demand");
    assertThat(advice.advisedSeconds()).isGreaterThan(600);
    assertThat(advice.wastedPerHour().amount()).isPositive();
    run.job(60, JobState.SUCCEEDED, NEBIUS);
    awaitCost(CostUpdated::ended);
  }

  @Test
  void shouldRaiseAndClearOnceThatAPriceIsUnknown() {
    run.job(0, JobState.RUNNING, UNPRICED);
    alerts.awaitEvent(run.id(), RunAlerted.class, alert -> alert.code().equals("price-unknown"));
    given()
        .get("/alerts?open=true&runId=" + run.id().value())
        .then()
        .statusCode(200)
        .body("alerts.size()", equalTo(1))
        .body("alerts[0].code", equalTo("price-unknown"))
        .body("alerts[0].status", equalTo("raised"))
        .body("alerts[0].evidence.cloud", equalTo("lambda"));

    run.job(5, JobState.FAILED, UNPRICED);
    alerts.awaitEvent(run.id(), RunAlerted.class, alert -> alert.status() == Status.CLEARED);

    assertThat(alerts.events(run.id()))
        .extracting(event -> (RunAlerted) event.data())
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(
            tuple("price-unknown", Status.RAISED), tuple("price-unknown", Status.CLEARED));
    List<String> cleared =
        given()
            .get("/alerts?open=false&runId=" + run.id().value())
            .then()
            .statusCode(200)
            .extract()
            .path("alerts.clearedAt");
    assertThat(cleared).hasSize(1);
    given()
        .get("/alerts?open=perhaps")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("open"));
  }

  @Test
  void shouldSayOnceThatAPriceIsOldWhileMoneyIsSpent() {
    run.job(0, JobState.RUNNING, NEBIUS);
    alerts.awaitEvent(run.id(), RunAlerted.class, alert -> alert.code().equals("price-stale"));
    run.job(1, JobState.SUCCEEDED, NEBIUS);

    alerts.awaitEvent(run.id(), RunAlerted.class, alert -> alert.status() == Status.CLEARED);
    assertThat(alerts.events(run.id())).hasSize(2);
  }

  @Test
  void shouldTellWithoutACatalogueThatPricesAreThoseOfTheBook() {
    given()
        .get("/prices")
        .then()
        .statusCode(200)
        .body("prices.size()", equalTo(49))
        .body("refused.size()", equalTo(0));
    given()
        .get("/checks")
        .then()
        .statusCode(200)
        .body("checks.name", equalTo(List.of("prices", "price-catalog")))
        .body("checks.status", equalTo(List.of("unknown", "unknown")));
  }

  private CostUpdated awaitCost(Predicate<CostUpdated> wanted) {
    return costs.awaitEvent(run.id(), CostUpdated.class, wanted).data();
  }
}
