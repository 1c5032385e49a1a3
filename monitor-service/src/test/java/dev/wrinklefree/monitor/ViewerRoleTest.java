package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The service needs no more of SkyPilot than the role {@code viewer} may do. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class ViewerRoleTest {
  ScriptedSkyPilot skyPilot;

  @TestHTTPResource("/jobs/")
  URI jobs;

  @Test
  void viewersTokenIsEnoughForAllThatTheServiceDoes() throws Exception {
    RunId told = Fixtures.newRunId();
    RunId found = Fixtures.newRunId();
    skyPilot.become(ScriptedSkyPilot.Mode.WELL);
    skyPilot.put(row(told, 70_001, "RUNNING"));
    skyPilot.put(row(found, 70_002, "RUNNING"));
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer = ContractConsumer.of(Topic.JOB_STATE)) {
      // One is followed by the id that was told, the other is found by its name.
      producer.send(told, Fixtures.launchAccepted(told));
      producer.send(told, new LaunchSubmitted(told, 70_001, null, false, Fixtures.REQUESTED_AT));
      producer.send(found, Fixtures.launchAccepted(found));
      consumer.awaitEvent(found, JobStateChanged.class, data -> data.state() == JobState.RUNNING);
      consumer.awaitEvent(told, JobStateChanged.class, data -> data.state() == JobState.RUNNING);
      followLogAndLeave(told);
      skyPilot.put(row(told, 70_001, "SUCCEEDED"));
      skyPilot.put(row(found, 70_002, "CANCELLED"));
      consumer.awaitEvent(told, JobStateChanged.class, data -> data.state() == JobState.SUCCEEDED);
      consumer.awaitEvent(found, JobStateChanged.class, data -> data.state() == JobState.CANCELLED);
    }

    assertThat(skyPilot.allowedCalls())
        .contains("POST /jobs/queue/v2", "POST /jobs/logs", "GET /api/get");
    // Asked for only when a person wants the checks, which then say that they cannot tell.
    assertThat(skyPilot.refusedCalls()).isSubsetOf("GET /enabled_clouds");
  }

  @Test
  void viewerMayNeitherLaunchNorCancelThere() {
    try (ScriptedSkyPilot strict = new ScriptedSkyPilot();
        SkyPilotClient viewer =
            new SkyPilotClient(
                SkyPilotSettings.of(strict.endpoint(), new UserIdentity("viewer", "viewer"))
                    .withAuthentication(
                        Authentication.of("test", ScriptedSkyPilot.TOKEN, null, null)))) {
      assertThatThrownBy(() -> viewer.submitLaunch("run: echo", "run-1"))
          .isInstanceOfSatisfying(
              SkyPilotException.Permanent.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Forbidden.class));
      assertThat(strict.refusedCalls()).containsExactly("POST /jobs/launch");
    }
  }

  private void followLogAndLeave(RunId run) throws Exception {
    CountDownLatch closed = skyPilot.nextLogClosed();
    URLConnection log = jobs.resolve(run + "/logs?follow=true").toURL().openConnection();
    log.setRequestProperty("Authorization", "Bearer " + TestToken.VIEWER.token());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(log.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).contains("first line");
    }
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
