package dev.wrinklefree.launch.submission;

import static dev.wrinklefree.contract.event.EventType.LAUNCH_ACCEPTED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_FAILED;
import static dev.wrinklefree.contract.event.EventType.LAUNCH_SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.intake.Answer;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.intake.LaunchAttempt;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.FlakyGateway;
import dev.wrinklefree.launch.world.FlakyGateway.Mishap;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a submission survives: several workers on the service's real database, each with its own
 * connection to a SkyPilot of the test's own.
 */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // the tests start their servers
class SurvivalTest {

  @Inject Submissions submissions;
  @Inject RunRepository runs;
  @Inject AnswerDecider decider;
  @Inject Outbox outbox;
  @TempDir Path state;

  private final Conversation conversation = new Conversation();
  private SkyPilotServer server;
  private FlakyGateway gateway;

  /** Where a process dies. */
  private enum Death {
    BEFORE_THE_REQUEST("submitLaunch", false),
    AFTER_THE_REQUEST("submitLaunch", true),
    BEFORE_THE_RESULT("awaitLaunch", false),
    AFTER_THE_RESULT("awaitLaunch", true);

    private final String method;
    private final boolean afterwards;

    Death(String method, boolean afterwards) {
      this.method = method;
      this.afterwards = afterwards;
    }
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AfterEach
  void close() {
    gateway.close();
    server.close();
    conversation.close();
  }

  @ParameterizedTest
  @EnumSource(Death.class)
  void aProcessThatDiesIsFollowedByOneThatMakesOneJob(Death death) throws IOException {
    start(Duration.ZERO);
    RunId runId = accepted();
    try (Replica dying =
            new Replica(gateway.endpoint(), submissions, skyPilot -> dying(skyPilot, death), DAY);
        Replica next = new Replica(gateway.endpoint(), submissions)) {
      assertThatThrownBy(() -> dying.drive(runId)).isInstanceOf(Died.class);

      next.drive(runId);

      assertThat(next.meters.counter("wf.submit.repeats").count())
          .isEqualTo(death == Death.BEFORE_THE_REQUEST ? 1 : 0);
    }
    assertOneJob(runId);
    assertThat(gateway.launches()).isEqualTo(1);
  }

  @Test
  void aLaunchThatSkyPilotWorksOnForLongerThanASubmitSettlesIsAwaitedAndNotRepeated()
      throws IOException {
    start(Replica.SETTLE_TIME.plus(Replica.SUBMIT_TIMEOUT));
    RunId runId = accepted();
    gateway.plan(runId.value(), Mishap.LOSE_ANSWER);
    try (Replica replica = new Replica(gateway.endpoint(), submissions)) {
      replica.drive(runId);

      assertThat(replica.meters.counter("wf.submit.recovered").count()).isEqualTo(1);
    }
    LaunchSubmitted submitted = assertOneJob(runId);
    assertThat(submitted.adopted()).isFalse();
    assertThat(submitted.skypilotRequestId()).isNotBlank();
    assertThat(gateway.launches()).isEqualTo(1);
  }

  @Test
  void anAnswerAfterOurDeadlineIsNoReasonToSendAgain() throws IOException {
    start(Duration.ZERO);
    RunId runId = accepted();
    gateway.plan(runId.value(), Mishap.ANSWER_LATE);
    try (Replica replica = new Replica(gateway.endpoint(), submissions)) {
      replica.drive(runId);
    }
    gateway.letThrough(runId.value());
    assertThat(assertOneJob(runId).adopted()).isTrue();
    assertThat(gateway.launches()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatForgetsAllRequestsMakesOneJob(boolean afterTheJobWasMade) throws IOException {
    start(afterTheJobWasMade ? Duration.ZERO : Duration.ofMinutes(5));
    RunId runId = accepted();
    Death death = afterTheJobWasMade ? Death.AFTER_THE_RESULT : Death.BEFORE_THE_RESULT;
    try (Replica dying =
            new Replica(gateway.endpoint(), submissions, skyPilot -> dying(skyPilot, death), DAY);
        Replica next = new Replica(gateway.endpoint(), submissions)) {
      assertThatThrownBy(() -> dying.drive(runId)).isInstanceOf(Died.class);

      server.close();
      server = startServer(Duration.ZERO);
      gateway.leadTo(server.endpoint());
      next.drive(runId);
    }
    assertThat(assertOneJob(runId).adopted()).isEqualTo(afterTheJobWasMade);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"LOSE_REQUEST", "LOSE_ANSWER", "BUSY"})
  void replicasThatWorkOnOneRunAtOnceMakeOneJob(Mishap mishap) throws IOException {
    start(Duration.ofMillis(100));
    RunId runId = accepted();
    gateway.plan(runId.value(), mishap);
    try (Replica one = new Replica(gateway.endpoint(), submissions);
        Replica two = new Replica(gateway.endpoint(), submissions);
        Replica three = new Replica(gateway.endpoint(), submissions)) {
      atOnce(List.of(() -> one.drive(runId), () -> two.drive(runId), () -> three.drive(runId)));
    }
    assertOneJob(runId);
  }

  @Test
  void eightSubmitsAreUnderWayAtMostInAllReplicas() throws IOException {
    start(Duration.ofMillis(400));
    List<RunId> many = IntStream.range(0, 24).mapToObj(i -> accepted()).toList();
    try (Replica one = new Replica(gateway.endpoint(), submissions);
        Replica two = new Replica(gateway.endpoint(), submissions)) {
      List<Runnable> work = new ArrayList<>();
      for (int i = 0; i < many.size(); i++) {
        RunId runId = many.get(i);
        Replica replica = i % 2 == 0 ? one : two;
        work.add(() -> replica.drive(runId));
      }
      atOnce(work);
    }
    assertThat(gateway.launches()).isEqualTo(many.size());
    assertThat(gateway.mostInFlight()).isBetween(4, 8);
  }

  @Test
  void runsWaitForCredentialsThatExpiredAndTheServiceSaysThatItIsNotReady() throws IOException {
    start(Duration.ZERO);
    RunId runId = accepted();
    SkyPilotAccess access = new SkyPilotAccess(Clock.systemUTC(), Duration.ofMinutes(1));
    SubmissionCheck check = new SubmissionCheck(access);
    gateway.plan(runId.value(), Mishap.REFUSE_CREDENTIALS, true);
    try (Replica replica =
        new Replica(gateway.endpoint(), submissions, UnaryOperator.identity(), DAY, access)) {
      assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
      replica.step(runId);
      replica.step(runId);

      assertThat(submissions.load(runId).run().state()).isEqualTo(new RunState.Accepted(2));
      HealthCheckResponse response = check.call();
      assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
      assertThat(response.getData().orElseThrow().get("reason"))
          .isEqualTo("SkyPilot needs authentication: Service account token has expired");

      gateway.plan(runId.value(), Mishap.REFUSE_CREDENTIALS, false);
      replica.drive(runId);
      assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }
    assertOneJob(runId);
  }

  @Test
  void aRunFailsWithWhatSkyPilotSaidWhenItsTimeIsOver() throws IOException {
    start(Duration.ZERO);
    RunId runId = accepted();
    gateway.plan(runId.value(), Mishap.REFUSE_CREDENTIALS, true);
    try (Replica replica =
        new Replica(
            gateway.endpoint(),
            submissions,
            UnaryOperator.identity(),
            Duration.between(submissions.load(runId).run().answeredAt(), Instant.now())
                .plusSeconds(2))) {
      replica.drive(runId);
    }
    LaunchFailed failed = conversation.await(runId, LaunchFailed.class);
    assertThat(failed.code()).isEqualTo("skypilot-needs-authentication");
    assertThat(failed.message()).contains("Service account token has expired");
    assertThat(failed.attempts()).isGreaterThan(1);
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_FAILED);
  }

  private static final Duration DAY = Duration.ofDays(1);

  private void start(Duration submission) throws IOException {
    server = startServer(submission);
    gateway = new FlakyGateway(server.endpoint());
  }

  private SkyPilotServer startServer(Duration submission) throws IOException {
    return new SkyPilotServer(
            SkyPilotSettings.in(state)
                .withTimings(JobTimings.every(Duration.ofMillis(20)).withSubmission(submission)))
        .start();
  }

  /** A run that was accepted, which no scheduler works on. */
  private RunId accepted() {
    RunId runId = Fixtures.newRunId();
    Instant now = Instant.now();
    RequestOrigin origin =
        new RequestOrigin(Conversation.SOURCE, "e-" + runId, "e-" + runId, null, now);
    LaunchAttempt attempt = LaunchAttempt.of(runId, origin, Samples.smallest(), false);
    if (decider.decide(attempt, null) instanceof Answer.Accept accept) {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                EventAttributes answer =
                    outbox.append(
                        new OutboundEvent(
                            runId, accept.plan().accepted(), now, now, "e-" + runId, null, null));
                runs.add(
                    new Run(
                        runId,
                        origin,
                        attempt.digest(),
                        accept.plan().accepted(),
                        accept.plan().taskYaml(),
                        answer.id(),
                        now,
                        RunState.Accepted.first(),
                        0));
              });
      return runId;
    }
    throw new AssertionError("the sample is not accepted");
  }

  private LaunchSubmitted assertOneJob(RunId runId) {
    LaunchSubmitted submitted = conversation.await(runId, LaunchSubmitted.class);
    try (SkyPilotClient client =
        new SkyPilotClient(
            dev.wrinklefree.skypilot.connection.SkyPilotSettings.of(
                server.endpoint(), new UserIdentity("tester", "tester")))) {
      assertThat(client.queue(QueueQuery.ofName(runId.value())).named(runId.value()))
          .singleElement()
          .satisfies(job -> assertThat(job.jobId()).isEqualTo(submitted.skypilotJobId()));
    }
    assertThat(conversation.answers(runId)).containsExactly(LAUNCH_ACCEPTED, LAUNCH_SUBMITTED);
    return submitted;
  }

  private static void atOnce(List<Runnable> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      CompletableFuture.allOf(
              work.stream()
                  .map(one -> CompletableFuture.runAsync(one, threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  private static SkyPilot dying(SkyPilot skyPilot, Death death) {
    return (SkyPilot)
        Proxy.newProxyInstance(
            SkyPilot.class.getClassLoader(),
            new Class<?>[] {SkyPilot.class},
            (proxy, method, arguments) -> {
              boolean here = method.getName().equals(death.method);
              if (here && !death.afterwards) {
                throw new Died();
              }
              try {
                Object result = method.invoke(skyPilot, arguments);
                if (here) {
                  throw new Died();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
