package dev.wrinklefree.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JsonBeansTest {

  @Test
  void shouldSpeakTheDialectOfTheContract() {
    String body = given().get("/awkward").then().statusCode(200).extract().asString();

    assertThat(body).isEqualTo("{\"name\":\"n\",\"at\":\"2026-11-23T12:00:00Z\"}");
  }
}
