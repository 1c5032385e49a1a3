package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.brokenConnection;
import static dev.wrinklefree.skypilot.script.Answer.json;
import static dev.wrinklefree.skypilot.script.Answer.never;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.script.Answer;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final String WELL =
      """
      {"status":"healthy","api_version":"55","version":"0.13.0","version_on_disk":"0.13.0",
       "commit":"7f64c9f","basic_auth_enabled":true,"user":{"id":"ab","name":"ann"},
       "service_account_token_enabled":false,"latest_version":null,"some_new_field":[1]}""";

  private ScriptedServer server;
  private SkyPilotClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void readsWhatTheServerSaysOfItself() {
    server.on("/api/health", json(200, WELL));
    ServerHealth health = client.health();
    assertThat(health)
        .isEqualTo(new ServerHealth("healthy", 55, "0.13.0", "7f64c9f", true, false, "ann"));
    assertThat(health.isHealthy()).isTrue();
  }

  @Test
  void triesThreeTimes() {
    server.on("/api/health", json(502, ""), never(server.stopped()), json(200, WELL));
    assertThat(client.health().apiVersion()).isEqualTo(55);
    assertThat(server.seen("/api/health")).hasSize(3);
  }

  @Test
  void isRetryableAfterThreeFailures() {
    server.on("/api/health", brokenConnection());
    assertThatThrownBy(client::health).isInstanceOf(Retryable.class);
  }

  @Test
  void whatNamesNoApiVersionIsNoSkyPilotServer() {
    assertThat(refusal(json(200, "{\"status\":\"healthy\"}")))
        .isInstanceOf(Refusal.NotUnderstood.class);
    assertThat(refusal(json(200, "welcome"))).isInstanceOf(Refusal.NotUnderstood.class);
    assertThat(refusal(json(404, "{}"))).isInstanceOf(Refusal.Rejected.class);
  }

  @Test
  void anUnknownCallerNeedsAuthenticationAlthoughTheStatusIs200() {
    String body = "{\"status\":\"needs_auth\",\"api_version\":\"55\",\"version\":\"0.13.0\"}";
    assertThat(refusal(json(200, body))).isInstanceOf(Refusal.NeedsAuthentication.class);
    assertThat(refusal(Answer.of(302, "text/plain", "", Map.of("Location", "/login"))))
        .isInstanceOf(Refusal.NeedsAuthentication.class);
  }

  @Test
  void aServerThatIsTooOldIsAVersionMismatch() {
    String body = "{\"status\":\"healthy\",\"api_version\":\"23\",\"version\":\"0.10.5\"}";
    Refusal refusal = refusal(json(200, body));
    assertThat(refusal).isInstanceOf(Refusal.VersionMismatch.class);
    assertThat(refusal.describe()).contains("23").contains("0.10.5").contains("24");
  }

  private Refusal refusal(Answer answer) {
    server.on("/api/health", answer);
    return catchThrowableOfType(Permanent.class, client::health).refusal();
  }
}
