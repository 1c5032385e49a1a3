package dev.wrinklefree.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

/** Asks an endpoint with no token, a wrong one and one of each role, and checks who is let in. */
public final class AccessTable {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private AccessTable() {}

  /**
   * Checks one endpoint.
   *
   * @param method of HTTP
   * @param path where the answer to an empty request does no harm
   * @param least the least role that may use it; {@link TestToken} has them in order, and each may
   *     do all that the one before may
   */
  public static void check(String method, String path, TestToken least) {
    refused(ask(method, path, null), UNAUTHORIZED, method, path);
    refused(ask(method, path, "no-such-token"), UNAUTHORIZED, method, path);
    for (TestToken token : TestToken.values()) {
      Response answer = ask(method, path, token.token());
      if (token.compareTo(least) < 0) {
        refused(answer, FORBIDDEN, method, path);
      } else {
        assertThat(answer.statusCode())
            .as("%s %s with the token of %s", method, path, token.principal())
            .isNotIn(UNAUTHORIZED, FORBIDDEN)
            .isLessThan(500);
      }
    }
  }

  private static void refused(Response answer, int status, String method, String path) {
    assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getString("detail")).isNotBlank();
    if (status == UNAUTHORIZED) {
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=");
    }
  }

  private static Response ask(String method, String path, @Nullable String token) {
    RequestSpecification request = RestAssured.given().contentType(ContentType.JSON);
    RequestSpecification asked =
        token == null ? request.auth().none() : request.auth().oauth2(token);
    return asked.request(Method.valueOf(method), path);
  }
}
