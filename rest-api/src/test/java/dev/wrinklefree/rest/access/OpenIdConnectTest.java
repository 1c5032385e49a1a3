package dev.wrinklefree.rest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OpenIdConnectTest.WithProvider.class)
@SuppressWarnings("NullAway.Init") // the test resource sets the provider
class OpenIdConnectTest {

  private static final Duration LONG_AGO = Duration.ofHours(2);

  ProviderResource provider;

  /** The provider's administrators are called otherwise than ours. */
  public static final class WithProvider implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.http.auth.roles-mapping.ml-admins", "admin");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(ProviderResource.class));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "viewer,    200, 403, 403",
    "launcher,  200, 200, 403",
    "admin,     200, 200, 200",
    "ml-admins, 200, 200, 200",
    "stranger,  403, 403, 403",
  })
  void shouldGiveTheRolesOfTheToken(String role, int view, int launch, int rule) {
    String token = provider.sign(provider.claims("u-1", Set.of(role)));

    assertThat(get("/guarded/view", token).statusCode()).isEqualTo(view);
    assertThat(bearer(token).post("/guarded/launch").statusCode()).isEqualTo(launch);
    assertThat(get("/guarded/rule", token).statusCode()).isEqualTo(rule);
  }

  @Test
  void shouldNameTheCallerByTheSubjectWhichIsNeverGivenToAnother() {
    String token = provider.sign(provider.claims("u-1", Set.of(Roles.ADMIN)));

    assertThat(get("/guarded/view", token).asString()).isEqualTo("u-1, admin");
  }

  @Test
  void shouldTakeStaticTokensAsWell() {
    assertThat(get("/guarded/view", "viewer-token").asString()).isEqualTo("anna");
  }

  @Test
  void shouldAskForATokenWhereNoneWasSent() {
    given()
        .get("/guarded/view")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"));
  }

  @Test
  void shouldRefuseEveryOtherToken() {
    Set<String> admin = Set.of(Roles.ADMIN);
    Instant past = Instant.now().minus(LONG_AGO);
    String good = provider.sign(provider.claims("u-1", admin));
    Map<String, String> bad =
        Map.of(
            "expired",
            provider.sign(
                provider.claims("u-1", admin).issuedAt(past).expiresAt(past.plusSeconds(60))),
            "for another audience",
            provider.sign(provider.claims("u-1", admin).audience("another-service")),
            "of another issuer",
            provider.sign(provider.claims("u-1", admin).issuer("http://127.0.0.1:1")),
            "signed by another",
            ProviderResource.forge(provider.claims("u-1", admin)),
            "unsigned",
            ProviderResource.withoutSignature(good),
            "changed",
            good.substring(0, good.length() - 8) + "AAAAAAAA",
            "no token at all",
            "no-such-token");

    assertThat(get("/guarded/view", good).statusCode()).isEqualTo(200);
    bad.forEach(
        (what, token) ->
            get("/guarded/view", token)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("type", equalTo("/problems/unauthorized"))
                .body(
                    "detail",
                    equalTo(
                        "A valid token is needed in the header 'Authorization: Bearer <token>'.")));
  }

  private static Response get(String path, String token) {
    return bearer(token).get(path);
  }

  private static io.restassured.specification.RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
