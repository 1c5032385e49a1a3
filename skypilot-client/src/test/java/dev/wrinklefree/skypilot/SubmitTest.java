package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.accepted;
import static dev.wrinklefree.skypilot.script.Answer.brokenConnection;
import static dev.wrinklefree.skypilot.script.Answer.never;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.http.ServerVersion;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.RequestId;
import dev.wrinklefree.skypilot.script.Answer;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import dev.wrinklefree.skypilot.script.SeenRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubmitTest {
  private static final String ID = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void returnsTheRequestIdOfTheSubmitWithoutWaitingForTheResult() {
    server.on("/jobs/launch", accepted(ID));
    try (SkyPilotClient client = server.client()) {
      assertThat(client.submitLaunch("name: run-1\n", "run-1")).isEqualTo(new RequestId(ID));
    }
    assertThat(server.seen("/api/get")).isEmpty();
  }

  @Test
  void sendsTheTaskWithAnExplicitIdentityAndBothVersionHeaders() {
    server.on("/jobs/launch", accepted(ID));
    try (SkyPilotClient client = server.client()) {
      client.submitLaunch("name: run-1\nrun: echo ü\n", "run-1");
    }
    SeenRequest request = server.seen("/jobs/launch").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.headers().getFirst("X-SkyPilot-API-Version")).isEqualTo("55");
    assertThat(request.headers().getFirst("X-SkyPilot-Version")).isEqualTo("0.13.0");
    assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(request.headers()).doesNotContainKey("Authorization");
    JsonNode body = request.body();
    assertThat(body.path("task").textValue()).isEqualTo("name: run-1\nrun: echo ü\n");
    assertThat(body.path("name").textValue()).isEqualTo("run-1");
    assertThat(body.path("env_vars").path("SKYPILOT_USER_ID").textValue()).isEqualTo("ab12cd34");
    assertThat(body.path("env_vars").path("SKYPILOT_USER").textValue()).isEqualTo("launch-service");
    assertThat(body.path("env_vars").path("SKYPILOT_USAGE_RUN_ID").textValue())
        .matches("[0-9a-f-]{36}");
    assertThat(body.path("using_remote_api_server").booleanValue()).isTrue();
    assertThat(body.path("entrypoint_command").textValue()).isNotBlank();
    assertThat(body.has("client_api_version")).isFalse();
  }

  @Test
  void sendsBasicAndBearerCredentialsOnEveryRequest() {
    server.on("/jobs/queue/v2", accepted(ID)).on("/api/get", result("[]"));
    var basic = new Authentication.Basic("ann", "s3crét");
    try (var client = new SkyPilotClient(server.settings().withAuthentication(basic))) {
      client.queue(QueueQuery.unfinished(1, 10));
    }
    var bearer = new Authentication.Bearer("sky_abc.def-1");
    try (var client = new SkyPilotClient(server.settings().withAuthentication(bearer))) {
      client.queue(QueueQuery.unfinished(1, 10));
    }
    String expectedBasic = "Basic YW5uOnMzY3LDqXQ=";
    for (String path : List.of("/jobs/queue/v2", "/api/get")) {
      assertThat(server.seen(path))
          .extracting(request -> request.headers().getFirst("Authorization"))
          .containsExactly(expectedBasic, "Bearer sky_abc.def-1");
    }
  }

  @Test
  void keepsThePathPrefixOfTheEndpoint() {
    server.on("/team/sky/jobs/launch", accepted(ID));
    SkyPilotSettings prefixed =
        SkyPilotSettings.of(
            URI.create(server.uri() + "/team/sky/"), new UserIdentity("ab12cd34", "ann"));
    try (var client = new SkyPilotClient(prefixed)) {
      assertThat(client.submitLaunch("name: a\n", "a").value()).isEqualTo(ID);
    }
  }

  @Test
  void remembersTheServersVersionFromAnyAnswer() {
    Answer old = withVersion("60", "0.13.9");
    Answer upgraded = withVersion("62", "0.14.3");
    server.on("/jobs/launch", old, upgraded, Answer.accepted(ID));
    try (SkyPilotClient client = server.client()) {
      assertThat(client.serverVersion()).isEmpty();
      client.submitLaunch("name: a\n", "a");
      assertThat(client.serverVersion()).contains(new ServerVersion(60, "0.13.9"));
      client.submitLaunch("name: b\n", "b");
      client.submitLaunch("name: c\n", "c");
      assertThat(client.serverVersion()).contains(new ServerVersion(62, "0.14.3"));
    }
  }

  @Test
  void aRefusedConnectionIsRetryableSinceNothingWasSent() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    SkyPilotSettings nobody =
        SkyPilotSettings.of(
            URI.create("http://127.0.0.1:" + freePort), new UserIdentity("ab12cd34", "ann"));
    try (var client = new SkyPilotClient(nobody)) {
      assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
          .isInstanceOf(Retryable.class)
          .hasMessageContaining("was not sent");
    }
  }

  @Test
  void aLaunchWhoseConnectionBreaksHasAnUnknownOutcomeAndIsSentOnce() {
    server.on("/jobs/launch", brokenConnection());
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
          .isInstanceOf(UnknownOutcome.class);
    }
    assertThat(server.seen("/jobs/launch")).hasSize(1);
  }

  @Test
  void aReadOrCancelWhoseConnectionBreaksIsRetryable() {
    server.on("/jobs/queue/v2", brokenConnection()).on("/jobs/cancel", brokenConnection());
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.queue(QueueQuery.ofJobs(List.of(7L))))
          .isInstanceOf(Retryable.class);
      assertThatThrownBy(() -> client.cancelJobs(List.of(7L))).isInstanceOf(Retryable.class);
    }
  }

  @Test
  void aLaunchWithoutAnAnswerInTimeHasAnUnknownOutcome() {
    server.on("/jobs/launch", never(server.stopped()));
    // A connection that takes longer than its own timeout would be another failure.
    var timeouts =
        server
            .settings()
            .timeouts()
            .withConnect(Duration.ofSeconds(1))
            .withSubmit(Duration.ofMillis(1_100));
    try (var client = new SkyPilotClient(server.settings().withTimeouts(timeouts))) {
      assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
          .isInstanceOf(UnknownOutcome.class)
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void aSuccessWithoutARequestIdLeavesALaunchUnknown() {
    server.on(
        "/jobs/launch", Answer.of(200, "application/json", "null", Map.of(Answer.REQUEST_ID, "")));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
          .isInstanceOf(UnknownOutcome.class);
    }
  }

  @Test
  void aClosedClientSendsNothing() {
    server.on("/jobs/launch", accepted(ID));
    SkyPilotClient client = server.client();
    client.close();
    assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
        .isInstanceOf(Retryable.class)
        .hasMessageContaining("closed");
    assertThat(server.seen("/jobs/launch")).isEmpty();
  }

  @Test
  void cancelsJobsByTheirIdsOnly() {
    server.on("/jobs/cancel", accepted(ID)).on("/api/get", result("null"));
    try (SkyPilotClient client = server.client()) {
      client.cancelJobs(List.of(7L, 9L));
      assertThatThrownBy(() -> client.cancelJobs(List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(server.seen("/jobs/cancel")).hasSize(1);
    JsonNode body = server.seen("/jobs/cancel").getFirst().body();
    assertThat(body.path("job_ids").toString()).isEqualTo("[7,9]");
    assertThat(List.of("name", "pool", "all", "all_users")).noneMatch(body::has);
  }

  @Test
  void anUnscriptedPathIsAPermanent404() {
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.submitLaunch("name: a\n", "a"))
          .hasMessage("SkyPilot answered HTTP 404: Not Found");
    }
  }

  private static Answer withVersion(String apiVersion, String version) {
    return Answer.of(
        200,
        "application/json",
        "null",
        Map.of(
            Answer.REQUEST_ID,
            ID,
            "X-SkyPilot-API-Version",
            apiVersion,
            "X-SkyPilot-Version",
            version));
  }
}
