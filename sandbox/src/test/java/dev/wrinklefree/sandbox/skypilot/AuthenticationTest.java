package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {

  @Test
  void bearerTokenIsDemandedAndIsTheIdentity(@TempDir Path state) throws Exception {
    SkyPilotSettings settings =
        SkyPilotCalls.quick(state).withAuthentication(new Authentication.Bearer("sky_t0ken"));
    try (SkyPilotServer server = new SkyPilotServer(settings).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(server);

      HttpResponse<String> none = calls.post("/jobs/queue/v2", SkyPilotCalls.body());
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.body()).isEqualTo("{\"detail\":\"Authentication required\"}");
      assertThat(none.headers().firstValue("Cache-Control")).hasValue("no-store");

      HttpResponse<String> wrong =
          calls.post("/jobs/queue/v2", SkyPilotCalls.body(), "Authorization", "Bearer sky_x");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("Invalid or expired service account token");

      HttpResponse<String> right =
          calls.post("/jobs/queue/v2", SkyPilotCalls.body(), "Authorization", "Bearer sky_t0ken");
      assertThat(right.statusCode()).isEqualTo(200);
      HttpResponse<String> outcome =
          calls.get(
              "/api/get?request_id=" + SkyPilotCalls.requestId(right),
              "Authorization",
              "Bearer sky_t0ken");
      assertThat(SkyPilotCalls.read(outcome.body()).get("user_id").textValue())
          .isEqualTo("sa-sandbox");
    }
  }

  @Test
  void basicCredentialsAreDemanded(@TempDir Path state) throws Exception {
    SkyPilotSettings settings =
        SkyPilotCalls.quick(state).withAuthentication(new Authentication.Basic("ada", "pw:1"));
    try (SkyPilotServer server = new SkyPilotServer(settings).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(server);
      ObjectNode body = SkyPilotCalls.body();

      HttpResponse<String> none = calls.post("/jobs/queue/v2", body);
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"SkyPilot\"");
      assertThat(SkyPilotCalls.MAPPER.readTree(none.body()).isTextual()).isTrue();

      String credentials =
          Base64.getEncoder().encodeToString("ada:pw:1".getBytes(StandardCharsets.UTF_8));
      assertThat(
              calls
                  .post("/jobs/queue/v2", body, "Authorization", "Basic " + credentials)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aTokenIsDemandedForHealthToo(@TempDir Path state) throws Exception {
    SkyPilotSettings settings =
        SkyPilotCalls.quick(state).withAuthentication(new Authentication.Bearer("sky_t0ken"));
    try (SkyPilotServer server = new SkyPilotServer(settings).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(server);
      assertThat(calls.get("/api/health").statusCode()).isEqualTo(401);

      JsonNode known =
          SkyPilotCalls.read(calls.get("/api/health", "Authorization", "Bearer sky_t0ken").body());
      assertThat(known.get("status").textValue()).isEqualTo("healthy");
      assertThat(known.get("service_account_token_enabled").booleanValue()).isTrue();
      assertThat(known.get("user").get("id").textValue()).isEqualTo("sa-sandbox");
    }
  }

  @Test
  void healthIsToldToThoseWithoutAPassword(@TempDir Path state) throws Exception {
    SkyPilotSettings settings =
        SkyPilotCalls.quick(state).withAuthentication(new Authentication.Basic("ada", "pw:1"));
    try (SkyPilotServer server = new SkyPilotServer(settings).start()) {
      JsonNode health = SkyPilotCalls.read(new SkyPilotCalls(server).get("/api/health").body());

      assertThat(health.get("status").textValue()).isEqualTo("healthy");
      assertThat(health.get("basic_auth_enabled").booleanValue()).isTrue();
      assertThat(health.get("user").isNull()).isTrue();
    }
  }

  @Test
  void anOpenServerTakesACallerForWhomAProxyNamesAndKnowsNoTokens(@TempDir Path state)
      throws Exception {
    try (SkyPilotServer server = new SkyPilotServer(SkyPilotCalls.quick(state)).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(server);

      JsonNode health =
          SkyPilotCalls.read(
              calls.get("/api/health", "X-Auth-Request-Email", "ada@example.org").body());
      assertThat(health.get("user").get("name").textValue()).isEqualTo("ada@example.org");
      assertThat(health.get("user").get("id").textValue()).hasSize(8);
      assertThat(calls.get("/api/health", "Authorization", "Bearer sky_x").statusCode())
          .isEqualTo(401);
    }
  }
}
