package dev.wrinklefree.rest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StaticTokenTest {

  @ParameterizedTest
  @CsvSource({
    "viewer-token,   200, 403, 403, 403",
    "launcher-token, 200, 200, 403, 403",
    "robot-token,    200, 200, 403, 403",
    "admin-token,    200, 200, 200, 403",
    "no-such-token,  401, 401, 401, 401",
    "'',             401, 401, 401, 401",
  })
  void shouldGiveEachRoleWhatItMayUseAndNobodyAnEndpointWithoutARole(
      String token, int view, int launch, int rule, int forgotten) {
    bearer(token).get("/guarded/view").then().statusCode(view);
    bearer(token).post("/guarded/launch").then().statusCode(launch);
    bearer(token).get("/guarded/rule").then().statusCode(rule);
    bearer(token).get("/guarded/forgotten").then().statusCode(forgotten);
  }

  @ParameterizedTest
  @CsvSource({
    "viewer-token,   anna",
    "launcher-token, bert",
    "robot-token,    bert",
    "admin-token,    'carla, admin'",
  })
  void shouldKnowTheHolder(String token, String who) {
    assertThat(bearer(token).get("/guarded/view").asString()).isEqualTo(who);
  }

  @Test
  void shouldAskForATokenWhereNoneWasSent() {
    refused(given().get("/guarded/view").then())
        .header("WWW-Authenticate", "Bearer realm=\"wrinklefree\"");
  }

  @Test
  void shouldSayThatATokenIsNotValid() {
    refused(bearer("no-such-token").get("/guarded/view").then())
        .header("WWW-Authenticate", "Bearer realm=\"wrinklefree\", error=\"invalid_token\"");
  }

  @Test
  void shouldSayThatARoleIsMissing() {
    bearer("viewer-token")
        .post("/guarded/launch")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/forbidden"))
        .body("status", equalTo(403))
        .body("detail", equalTo("The roles of this token do not allow it."))
        .body("instance", equalTo("/guarded/launch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YW5uYTp2aWV3ZXItdG9rZW4=",
        "viewer-token",
        "Bearer",
        "Bearer ",
        "Bearer viewer-token2",
        "Bearer viewer-toke",
        "Bearer VIEWER-TOKEN",
        "Bearer anna",
        "Bearer 3e5b4b2f"
      })
  void shouldTakeOnlyTheWholeTokenAsABearerToken(String header) {
    refused(given().header("Authorization", header).get("/guarded/view").then());
  }

  @Test
  void shouldNotTakeAHashForItsToken() {
    String hash = "wf.access.tokens.anna.sha256";
    String configured =
        org.eclipse.microprofile.config.ConfigProvider.getConfig().getValue(hash, String.class);

    refused(bearer(configured).get("/guarded/view").then());
  }

  @Test
  void shouldReadTheSchemeInAnyCase() {
    given()
        .header("Authorization", "bearer viewer-token")
        .get("/guarded/view")
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse refused(ValidatableResponse answer) {
    return answer
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/unauthorized"))
        .body("status", equalTo(401))
        .body("instance", equalTo("/guarded/view"))
        .body(
            "detail",
            equalTo("A valid token is needed in the header 'Authorization: Bearer <token>'."));
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
