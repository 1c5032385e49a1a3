package dev.wrinklefree.cost.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.wrinklefree.cost.SettableClock;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPlatform
class EstimatesResourceTest {

  @Inject SettableClock clock;

  @BeforeEach
  void startTheClock() {
    clock.set(Instant.parse("2026-11-23T12:00:00Z"));
  }

  @Test
  void shouldEstimateTheFirstExampleOfTheGuide() {
    given()
        .get("/estimates?model=smollm2_135m&scale=small")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("model", equalTo("smollm2_135m"))
        .body("scale", equalTo("small"))
        .body("hours", equalTo(2))
        .body("hoursSource", equalTo("Deployment Guide"))
        .body("offers.accelerators.type", everyItem(equalTo("H100")))
        .body("offers.accelerators.count", everyItem(equalTo(1)))
        .body("offers[0].cloud", equalTo("nebius"))
        .body("offers[0].spot", equalTo(true))
        .body("offers[1].cloud", equalTo("nebius"))
        .body("offers[1].instanceType", equalTo("gpu-h100-sxm_1gpu-16vcpu-200gb"))
        .body("offers[1]", not(hasKey("region")))
        .body("offers[1].spot", equalTo(false))
        .body("offers[1].perHour.amount", equalTo("3.85"))
        .body("offers[1].perHour.currency", equalTo("USD"))
        .body("offers[1].total.amount", equalTo("7.70"))
        .body("offers[1].priceDate", equalTo("2026-09-25"))
        .body("offers[1].stale", equalTo(true));
  }

  @Test
  void shouldPreferTheCloudsInTheirOrderAndThenTheCheapest() {
    List<String> clouds =
        given()
            .get("/estimates?model=qwen3_4b&scale=xlarge")
            .then()
            .statusCode(200)
            .extract()
            .path("offers.cloud");

    assertThat(clouds)
        .containsExactly(
            "nebius", "nebius", "gcp", "gcp", "aws", "aws", "aws", "aws", "aws", "aws");
  }

  @Test
  void shouldEstimateTheSecondExampleOfTheGuide() {
    given()
        .get("/estimates?model=qwen3_4b&scale=large")
        .then()
        .statusCode(200)
        .body("hours", equalTo(8))
        .body("offers.cloud", everyItem(equalTo("gcp")))
        .body("offers.total.amount", equalTo(List.of("80.176", "351.328")));
  }

  @Test
  void shouldGiveOffersWithoutATotalWhereNobodyKnowsTheTime() {
    given()
        .get("/estimates?model=qwen3_4b&scale=small")
        .then()
        .statusCode(200)
        .body("$", not(hasKey("hours")))
        .body("$", not(hasKey("hoursSource")))
        .body("offers[0]", hasKey("perHour"))
        .body("offers", everyItem(not(hasKey("total"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "model=gpt-9&scale=small | model | unknown-model | 'gpt-9' is not known; give one of smollm2_135m, qwen3_4b",
        "model=qwen3_4b&scale=huge | scale | unknown-scale | 'huge' is not known; give one of dev, small, medium, large, xlarge",
        "scale=small | model | missing | give one of smollm2_135m, qwen3_4b",
        "model=qwen3_4b&scale= | scale | missing | give one of dev, small, medium, large, xlarge",
      })
  void shouldNameWhatIsKnownWhereModelOrScaleIsNot(
      String query, String field, String code, String message) {
    given()
        .get("/estimates?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("title", equalTo("A parameter is wrong"))
        .body("instance", equalTo("/estimates"))
        .body("violations.size()", equalTo(1))
        .body("violations[0].field", equalTo(field))
        .body("violations[0].code", equalTo(code))
        .body("violations[0].message", equalTo(message));
  }

  @Test
  void shouldNameAllThatIsWrong() {
    given().get("/estimates").then().statusCode(400).body("violations.size()", equalTo(2));
  }
}
