package dev.wrinklefree.testkit.access;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/**
 * Lets RestAssured send {@link TestToken#ADMIN}, so that a test of what an endpoint does need not
 * speak of who may use it. {@code given().auth().none()} and {@code .auth().oauth2(…)} change it.
 */
public final class DefaultToken implements QuarkusTestBeforeEachCallback {

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    RestAssured.authentication = RestAssured.oauth2(TestToken.ADMIN.token());
  }
}
