package dev.wrinklefree.rest.access;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that nobody configured. */
@QuarkusTest
@TestProfile(NobodyTest.WithoutAccess.class)
class NobodyTest {

  /** Leaves out what the other tests have configured. */
  public static final class WithoutAccess implements QuarkusTestProfile {

    @Override
    public String getConfigProfile() {
      return "nobody";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "admin-token", "null", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4"})
  void shouldRefuseEverybody(String token) {
    given()
        .header("Authorization", "Bearer " + token)
        .get("/guarded/view")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    given().get("/guarded/view").then().statusCode(401);
  }
}
