package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.accepted;
import static dev.wrinklefree.skypilot.script.Answer.brokenConnection;
import static dev.wrinklefree.skypilot.script.Answer.json;
import static dev.wrinklefree.skypilot.script.Answer.never;
import static dev.wrinklefree.skypilot.script.Answer.payload;
import static dev.wrinklefree.skypilot.script.Answer.raised;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.RequestId;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwaitTest {
  private static final RequestId ID = new RequestId("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed");
  private static final String CANCEL_ID = "9c858901-8a57-4791-81fe-4c455b099bc9";

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"job_id":[12,13],"handle":"gAROLg=="} | 12 13
          {"job_id":12,"handle":null}            | 12
          {"job_id":null}                        | ''
          null                                   | ''
          """)
  void readsTheJobIdsOfOldAndNewServers(String returnValue, String ids) {
    server.on("/api/get", result(returnValue));
    List<Long> expected =
        ids.isEmpty() ? List.of() : List.of(ids.split(" ")).stream().map(Long::valueOf).toList();
    try (SkyPilotClient client = server.client()) {
      LaunchedJob launched = client.awaitLaunch(ID);
      assertThat(launched.jobIds()).isEqualTo(expected);
      assertThat(launched.jobId().isPresent()).isEqualTo(!expected.isEmpty());
    }
    assertThat(server.seen("/api/get").getFirst().uri())
        .isEqualTo("/api/get?request_id=" + ID.value());
  }

  @Test
  void asksAgainWhenALongPollEndsWithoutAnAnswer() {
    server.on(
        "/api/get", never(server.stopped()), never(server.stopped()), result("{\"job_id\":[5]}"));
    Timeouts impatient = server.settings().timeouts().withPoll(Duration.ofMillis(300));
    try (var client = new SkyPilotClient(server.settings().withTimeouts(impatient))) {
      assertThat(client.awaitLaunch(ID).jobId()).hasValue(5);
    }
    assertThat(server.seen("/api/get")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(server.seen("/api/cancel")).isEmpty();
  }

  @Test
  void asksAgainWhenAPollsConnectionBreaksOrTheServerIsAwayForAMoment() {
    server.on(
        "/api/get",
        brokenConnection(),
        json(502, "bad gateway"),
        json(503, "{\"detail\":\"Server is shutting down\"}"),
        json(200, payload("RUNNING", "null", "null", false)),
        result("{\"job_id\":[5]}"));
    var patient =
        server.settings().withBackoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(10), 5));
    try (var client = new SkyPilotClient(patient)) {
      assertThat(client.awaitLaunch(ID).jobId()).hasValue(5);
    }
  }

  @Test
  void endlessServerErrorsOnAPollAreGivenUp() {
    String interrupted = "{\"detail\":\"Request 'x' should be retried\"}";
    server.on("/jobs/queue/v2", accepted(ID.value())).on("/api/get", json(503, interrupted));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.awaitLaunch(ID)).isInstanceOf(UnknownOutcome.class);
      assertThat(server.seen("/api/get")).hasSize(3);
      assertThatThrownBy(() -> client.queue(QueueQuery.unfinished(1, 10)))
          .isInstanceOf(Retryable.class);
    }
  }

  @Test
  void aRequestThatTheServerForgotIsUnknownForALaunchAndRetryableForARead() {
    server
        .on("/jobs/queue/v2", accepted(ID.value()))
        .on("/api/get", json(404, "{\"detail\":\"Request 'x' not found\"}"));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.awaitLaunch(ID))
          .isInstanceOf(UnknownOutcome.class)
          .hasMessageContaining("no longer knows");
      assertThatThrownBy(() -> client.queue(QueueQuery.unfinished(1, 10)))
          .isInstanceOf(Retryable.class);
    }
  }

  @Test
  void anErrorThatTheRequestRaisedIsPermanentAndFreeOfColours() {
    server.on("/api/get", raised("ValueError", "\u001B[31mInvalid\u001B[0m task: 'x' ü"));
    try (SkyPilotClient client = server.client()) {
      Permanent failure = catchThrowableOfType(Permanent.class, () -> client.awaitLaunch(ID));
      assertThat(failure.refusal())
          .isEqualTo(new Refusal.ServerError("ValueError", "Invalid task: 'x' ü"));
      assertThat(failure).hasMessage("SkyPilot answered ValueError: Invalid task: 'x' ü");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestInterruptedError", "BrokenProcessPool", "RequestCancelled"})
  void aRequestThatWasCutOffMayHaveLaunchedButIsRetryableForARead(String type) {
    server.on("/jobs/queue/v2", accepted(ID.value())).on("/api/get", raised(type, "cut"));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.awaitLaunch(ID)).isInstanceOf(UnknownOutcome.class);
      assertThatThrownBy(() -> client.queue(QueueQuery.unfinished(1, 10)))
          .isInstanceOf(Retryable.class);
    }
  }

  @Test
  void aCancelledRequestComesAs200AndIsNoSuccess() {
    server.on("/api/get", json(200, payload("CANCELLED", "null", "null", true)));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.awaitLaunch(ID))
          .isInstanceOf(UnknownOutcome.class)
          .hasMessageContaining("cancelled");
    }
  }

  @Test
  void aRefusedPollLeavesALaunchUnknown() {
    server.on("/api/get", json(401, "{\"detail\":\"Service account token has expired\"}"));
    try (SkyPilotClient client = server.client()) {
      Throwable failure = catchThrowable(() -> client.awaitLaunch(ID));
      assertThat(failure).isInstanceOf(UnknownOutcome.class);
      assertThat(failure).cause().isInstanceOf(Permanent.class).hasMessageContaining("expired");
    }
  }

  @Test
  void anUnreadableResultIsUnknownForALaunchAndNotUnderstoodForARead() {
    server.on("/jobs/queue/v2", accepted(ID.value())).on("/api/get", result("{broken"));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.awaitLaunch(ID)).isInstanceOf(UnknownOutcome.class);
      Permanent failure =
          catchThrowableOfType(Permanent.class, () -> client.queue(QueueQuery.unfinished(1, 10)));
      assertThat(failure.refusal()).isInstanceOf(Refusal.NotUnderstood.class);
    }
  }

  @Test
  void cancelsTheRequestOnceTheDeadlineHasPassed() {
    server
        .on("/jobs/queue/v2", accepted(ID.value()))
        .on("/api/get", never(server.stopped()))
        .on("/api/cancel", accepted(CANCEL_ID));
    Timeouts short_ = server.settings().timeouts().withDeadline(Duration.ofMillis(500));
    try (var client = new SkyPilotClient(server.settings().withTimeouts(short_))) {
      assertThatThrownBy(() -> client.awaitLaunch(ID)).isInstanceOf(UnknownOutcome.class);
      assertThat(server.seen("/api/cancel"))
          .singleElement()
          .satisfies(
              request ->
                  assertThat(request.body().path("request_ids").toString())
                      .isEqualTo("[\"" + ID + "\"]"));
      assertThatThrownBy(() -> client.queue(QueueQuery.unfinished(1, 10)))
          .isInstanceOf(Retryable.class);
      assertThat(server.seen("/api/cancel")).hasSize(2);
    }
  }

  @Test
  void aCancelThatFailsAfterTheDeadlineDoesNotHideTheFailure() {
    server
        .on("/api/get", never(server.stopped()))
        .on("/api/cancel", json(503, "{\"detail\":\"draining\"}"));
    Timeouts short_ = server.settings().timeouts().withDeadline(Duration.ofMillis(200));
    try (var client = new SkyPilotClient(server.settings().withTimeouts(short_))) {
      Throwable failure = catchThrowable(() -> client.awaitLaunch(ID));
      assertThat(failure).isInstanceOf(UnknownOutcome.class);
      assertThat(failure.getSuppressed()).hasOnlyElementsOfType(Retryable.class).hasSize(1);
    }
  }

  @Test
  void anInterruptedWaitLeavesTheRequestAloneAndTheThreadInterrupted() throws Exception {
    server.on("/api/get", never(server.stopped()));
    try (SkyPilotClient client = server.client()) {
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
      Thread waiter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    failure.complete(catchThrowable(() -> client.awaitLaunch(ID)));
                    stillInterrupted.complete(Thread.currentThread().isInterrupted());
                  });
      await().until(() -> !server.seen("/api/get").isEmpty());
      waiter.interrupt();
      assertThat(failure.get(5, TimeUnit.SECONDS)).isInstanceOf(UnknownOutcome.class);
      assertThat(stillInterrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(server.seen("/api/cancel")).isEmpty();
  }

  @Test
  void closingTheClientEndsAWait() throws Exception {
    server.on("/api/get", never(server.stopped()));
    SkyPilotClient client = server.client();
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> client.awaitLaunch(ID)));
    await().until(() -> !server.seen("/api/get").isEmpty());
    client.close();
    assertThat(failure.get(5, TimeUnit.SECONDS)).isInstanceOf(UnknownOutcome.class);
    assertThat(server.seen("/api/cancel")).isEmpty();
  }

  @Test
  void cancellingARequestWaitsForTheServer() {
    server.on("/api/cancel", accepted(CANCEL_ID)).on("/api/get", result("[\"" + ID + "\"]"));
    try (SkyPilotClient client = server.client()) {
      client.cancelRequest(ID);
    }
    assertThat(server.seen("/api/get").getFirst().uri()).endsWith(CANCEL_ID);
  }
}
