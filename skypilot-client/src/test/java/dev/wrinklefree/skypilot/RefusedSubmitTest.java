package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.logs.LogQuery;
import dev.wrinklefree.skypilot.script.Answer;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefusedSubmitTest {
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
  void aRedirectNeedsAuthenticationAndIsNotFollowed() {
    server.on("/oauth2/start", json(200, "null"));
    Answer redirect =
        Answer.of(307, "text/plain", "", Map.of("Location", server.uri() + "/oauth2/start"));
    assertThat(permanent(redirect)).isInstanceOf(Refusal.NeedsAuthentication.class);
    assertThat(server.seen("/oauth2/start")).isEmpty();
  }

  @Test
  void aLoginPageNeedsAuthentication() {
    Answer page =
        Answer.of(
            200,
            "text/html; charset=utf-8",
            "<html>Sign in</html>",
            Map.of(Answer.REQUEST_ID, "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
    assertThat(permanent(page)).isInstanceOf(Refusal.NeedsAuthentication.class);
  }

  @Test
  void a401And403AreToldApart() {
    assertThat(permanent(json(401, "{\"detail\":\"Authentication required\"}")))
        .isEqualTo(new Refusal.NeedsAuthentication("Authentication required"));
    assertThat(permanent(json(401, "\"Invalid credentials\"")))
        .isEqualTo(new Refusal.NeedsAuthentication("Invalid credentials"));
    assertThat(permanent(json(403, "{\"detail\":\"Forbidden\"}")))
        .isEqualTo(new Refusal.Forbidden("Forbidden"));
  }

  @Test
  void anOldClientIsTold() {
    String body = "{\"error\":\"version_mismatch\",\"message\":\"\\u001b[33mToo old\\u001b[0m\"}";
    assertThat(permanent(json(400, body))).isEqualTo(new Refusal.VersionMismatch("Too old"));
  }

  @Test
  void aTypedBadRequestKeepsItsType() {
    String typed = "{\"detail\":{\"type\":\"ValueError\",\"message\":\"no such cloud\"}}";
    assertThat(permanent(json(400, typed)))
        .isEqualTo(new Refusal.ServerError("ValueError", "no such cloud"));
    assertThat(permanent(json(400, "{\"detail\":\"odd\"}")))
        .isEqualTo(new Refusal.Rejected(400, "odd"));
  }

  @Test
  void aFailedValidationNamesTheFieldsAndNeverTheInput() {
    String body =
        """
        {"detail":[
          {"type":"missing","loc":["body","task"],"msg":"Field required","input":{"k":"s3cret"}},
          {"type":"int","loc":["body","num_jobs",0],"msg":"not an int","input":"s3cret"}]}""";
    server.on("/jobs/launch", json(422, body));
    Permanent failure = catchThrowableOfType(Permanent.class, this::launch);
    assertThat(failure.refusal())
        .isEqualTo(
            new Refusal.InvalidRequest(
                List.of(
                    new Refusal.FieldProblem("body.task", "Field required"),
                    new Refusal.FieldProblem("body.num_jobs.0", "not an int"))));
    assertThat(failure.getMessage())
        .contains("body.task: Field required; body.num_jobs.0: not an int")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void whatTheServerDidNotTakeOnIsRetryableEvenForALaunch(int status) {
    server.on("/jobs/launch", json(status, "{\"detail\":\"Server is shutting down\"}"));
    assertThat(catchThrowableOfType(Retryable.class, this::launch))
        .hasMessage("HTTP " + status + ": Server is shutting down");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void aProxysErrorOrACrashLeavesALaunchUnknownAndAReadRetryable(int status) {
    String traceback = "Traceback (most recent call last):\n  secret=1\nKeyError: 'USER'\n";
    Answer answer = Answer.of(status, "text/plain", traceback, Map.of());
    server.on("/jobs/launch", answer).on("/jobs/queue/v2", answer);
    assertThat(catchThrowableOfType(UnknownOutcome.class, this::launch))
        .hasMessage("HTTP " + status + ": KeyError: 'USER'");
    assertThat(catchThrowableOfType(SkyPilotException.class, this::read))
        .isInstanceOf(Retryable.class);
  }

  @Test
  void aProxysErrorPageIsNoLoginPage() {
    server.on("/jobs/launch", Answer.of(503, "text/html", "<h1>503</h1>", Map.of()));
    assertThat(catchThrowableOfType(SkyPilotException.class, this::launch))
        .isInstanceOf(Retryable.class);
  }

  @Test
  void theStreamingCallIsRefusedLikeAnyOther() {
    server.on("/jobs/logs", json(403, "{\"detail\":\"Forbidden\"}"));
    var query = LogQuery.following(7);
    assertThat(
            catchThrowableOfType(Permanent.class, () -> client.streamLogs(query).close()).refusal())
        .isEqualTo(new Refusal.Forbidden("Forbidden"));
  }

  private Refusal permanent(Answer answer) {
    server.on("/jobs/launch", answer);
    return catchThrowableOfType(Permanent.class, this::launch).refusal();
  }

  private void launch() {
    client.submitLaunch("name: a\n", "a");
  }

  private void read() {
    client.queue(QueueQuery.unfinished(1, 10));
  }
}
