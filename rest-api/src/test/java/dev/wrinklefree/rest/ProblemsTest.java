package dev.wrinklefree.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

  private static final String PROBLEM = "application/problem+json";

  @Test
  void shouldNameTheKindTheRequestAndEverythingThatIsWrong() {
    problem(given().get("/awkward/list?limit=0&runId=No").then(), 400)
        .body("type", equalTo("/problems/bad-parameter"))
        .body("title", equalTo("A parameter is wrong"))
        .body("instance", equalTo("/awkward/list"))
        .body("violations.field", equalTo(List.of("limit", "runId")))
        .body("violations.code", equalTo(List.of("not-in-range", "malformed-run-id")))
        .body("violations[0].message", equalTo("must be a whole number from 1 to 1000"))
        .body("$", not(hasKey("detail")));
  }

  @Test
  void shouldRefuseAQueryWithANulCharacterByItsName() {
    problem(given().urlEncodingEnabled(false).get("/awkward/list?x=a%00b&y=1").then(), 400)
        .body("type", equalTo("/problems/bad-parameter"))
        .body("violations.field", equalTo(List.of("x")))
        .body("violations.code", equalTo(List.of("bad-character")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "Not_Legal", "a%20b", "a%2Fb", "%7B%7D"})
  void shouldSayThatThereIsNoSuchRun(String runId) {
    problem(given().urlEncodingEnabled(false).get("/awkward/runs/" + runId).then(), 404)
        .body("type", equalTo("/problems/unknown-run"));
    given().get("/awkward/runs/known").then().statusCode(200);
  }

  @Test
  void shouldTellWhenToAskAgainAndKeepTheCauseToItself() {
    problem(given().get("/awkward/upstream").then(), 503)
        .header("Retry-After", "5")
        .body("type", equalTo("/problems/upstream-away"))
        .body("detail", equalTo("Ask again."))
        .body(not(containsString(AwkwardResource.SECRET)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unexpected", "checked", "web", "not-json", "unwritable"})
  void shouldNotTellWhatFailedInside(String failure) {
    String body =
        problem(given().get("/awkward/" + failure).then(), 500)
            .body("type", equalTo("/problems/internal-server-error"))
            .body("title", equalTo("Internal Server Error"))
            .body("detail", equalTo("The service's log has the cause."))
            .extract()
            .asString();

    assertThat(body)
        .doesNotContain(AwkwardResource.SECRET, "Exception", "dev.wrinklefree", "stackTrace");
  }

  @Test
  void shouldAnswerWhatTheFrameworkRefusesInTheSameForm() {
    problem(given().get("/nowhere").then(), 404)
        .body("type", equalTo("/problems/not-found"))
        .body("title", equalTo("Not Found"))
        .body("instance", equalTo("/nowhere"));
    problem(given().put("/awkward").then(), 405)
        .body("type", equalTo("/problems/method-not-allowed"));
    problem(given().contentType(ContentType.TEXT).body("x").post("/awkward").then(), 415);
    problem(given().accept("text/csv").get("/awkward").then(), 406);
    problem(given().get("/awkward/status-without-a-name").then(), 499)
        .body("type", equalTo("/problems/http-499"));
  }

  @Test
  void shouldKeepTheHeadersOfARefusal() {
    String allowed =
        problem(given().get("/awkward/not-allowed").then(), 405).extract().header("Allow");

    assertThat(allowed).contains("PUT", "DELETE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"number\":\"many\"}", "{\"name\":1,\"name\":2}", "nul"})
  void shouldRefuseABodyThatCannotBeReadWithoutNamingClasses(String body) {
    String answer =
        problem(given().contentType(ContentType.JSON).body(body).post("/awkward").then(), 400)
            .body("type", equalTo("/problems/bad-request"))
            .extract()
            .asString();

    assertThat(answer).doesNotContain("dev.wrinklefree", "java.", "com.fasterxml");
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status) {
    return answer.statusCode(status).contentType(PROBLEM).body("status", equalTo(status));
  }
}
