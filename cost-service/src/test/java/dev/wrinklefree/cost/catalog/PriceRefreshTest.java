package dev.wrinklefree.cost.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.MonitoredRun;
import dev.wrinklefree.cost.SettableClock;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.SkyPilotResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Prices from the stand-in of SkyPilot's server, which has the mistakes of the real catalogue. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(value = SkyPilotResource.class, restrictToAnnotatedClass = true)
class PriceRefreshTest {

  private static final Placement GCP =
      new Placement(
          "gcp", "us-east4", null, "a3-highgpu-1g", new Accelerators("H100", 1), false, 1);

  @Inject SettableClock clock;
  @Inject CatalogWorker worker;
  @Inject CatalogRepository catalog;
  @Inject Prices prices;

  @SuppressWarnings("NullAway.Init") // the resource injects it
  SkyPilotServer server;

  @Test
  void shouldUseWhatItBelievesAndSayWhatItRefuses() {
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> catalog.reading().readAt() != null);

    List<String> rules =
        given().get("/prices").then().statusCode(200).extract().path("refused.rule");
    assertThat(rules)
        .contains(
            "cloud-out-of-date",
            "far-from-median",
            "row-refused",
            "far-from-book",
            "no-spot-market");
    given()
        .get("/checks")
        .then()
        .statusCode(200)
        .body("checks[1].name", equalTo("price-catalog"))
        .body("checks[1].status", equalTo("ok"));
    assertThat(prices.find(MonitoredRun.NEBIUS).orElseThrow().source()).contains("nebius.com");
    Instant start = clock.instant();
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST)) {
      MonitoredRun run = new MonitoredRun(producer, start);
      run.job(0, JobState.RUNNING, GCP);
      Interval interval =
          costs
              .awaitEvent(run.id(), CostUpdated.class, CostUpdated::accruing)
              .data()
              .intervals()
              .getFirst();
      assertThat(interval.perHour()).isEqualTo(Money.usd("10.979"));
      assertThat(interval.priceSource()).isEqualTo("SkyPilot catalogue, server 0.13.0");
      assertThat(interval.priceDate()).isEqualTo(LocalDate.parse("2026-11-23"));
      assertThat(interval.stale()).isFalse();
      run.job(1, JobState.SUCCEEDED, GCP);
      costs.awaitEvent(run.id(), CostUpdated.class, CostUpdated::ended);
    }

    Instant read = Objects.requireNonNull(catalog.reading().readAt());
    server.close();
    worker.readIfDue();
    assertThat(catalog.reading().failedAt()).isNull();
    clock.set(read.plus(Duration.ofHours(7)));
    worker.readIfDue();

    assertThat(catalog.reading().failedAt()).isEqualTo(read.plus(Duration.ofHours(7)));
    assertThat(catalog.reading().readAt()).isEqualTo(read);
    assertThat(prices.find(GCP).orElseThrow().source()).startsWith("SkyPilot catalogue");
    given().get("/checks").then().body("checks[1].status", equalTo("failed"));
  }
}
