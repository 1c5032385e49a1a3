package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot.Mode;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log is shown only while the queue says that the job of that number is the run's. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class LogOwnershipTest {
  private static final AtomicLong IDS = new AtomicLong(90_000);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  ScriptedSkyPilot skyPilot;

  @TestHTTPResource("/jobs/")
  URI jobs;

  private final RunId run = Fixtures.newRunId();
  private final long jobId = IDS.incrementAndGet();

  @BeforeEach
  void followARunningJob() {
    skyPilot.become(Mode.WELL);
    skyPilot.put(row(run, jobId, "RUNNING"));
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer = ContractConsumer.of(Topic.JOB_STATE)) {
      producer.send(run, Fixtures.launchAccepted(run));
      producer.send(run, new LaunchSubmitted(run, jobId, null, false, Fixtures.REQUESTED_AT));
      consumer.awaitEvent(run, JobStateChanged.class, data -> data.state() == JobState.RUNNING);
    }
  }

  @AfterEach
  void leaveNothingToFollow() {
    skyPilot.become(Mode.WELL);
    skyPilot.interruptLogs();
    skyPilot.put(row(run, jobId, "CANCELLED"));
  }

  @Test
  void numberThatWentToAStrangerOpensNoLog() {
    skyPilot.put(row(Fixtures.newRunId(), jobId, "RUNNING"));
    int before = skyPilot.logReads();

    assertGone();

    assertThat(skyPilot.logReads()).isEqualTo(before);
  }

  @Test
  void jobThatTheControllerForgotOpensNoLog() {
    skyPilot.remove(jobId);
    int before = skyPilot.logReads();

    assertGone();

    assertThat(skyPilot.logReads()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTROLLER_DOWN", "ALWAYS_INVALID"})
  void queueThatCannotBeReadOpensNoLog(Mode fault) {
    skyPilot.become(fault);
    int before = skyPilot.logReads();

    given()
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "5")
        .body("type", equalTo("/problems/skypilot-unreachable"))
        .body("detail", containsString("the queue does not tell whose job " + jobId + " is"));

    assertThat(skyPilot.logReads()).isEqualTo(before);
  }

  @Test
  void logThatIsInterruptedIsOpenedAgainWhileTheJobIsTheRuns() throws Exception {
    int before = skyPilot.logReads();
    try (BufferedReader log = follow()) {
      assertThat(log.readLine()).contains("first line");

      skyPilot.interruptLogs();

      Awaitility.await().atMost(PATIENCE).until(() -> skyPilot.logReads() == before + 2);
    }
  }

  @Test
  void logThatIsInterruptedIsNotOpenedAgainOnceTheNumberWentToAStranger() throws Exception {
    int before = skyPilot.logReads();
    try (BufferedReader log = follow()) {
      assertThat(log.readLine()).contains("first line");

      skyPilot.put(row(Fixtures.newRunId(), jobId, "RUNNING"));
      skyPilot.interruptLogs();

      assertThatThrownBy(() -> readToTheEnd(log))
          .as("broken off, not ended")
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    assertThat(skyPilot.logReads()).isEqualTo(before + 1);
    assertGone();
  }

  /** What was sent before the break may still be on its way. */
  private static void readToTheEnd(BufferedReader log) throws IOException {
    String line = log.readLine();
    while (line != null) {
      line = log.readLine();
    }
  }

  private void assertGone() {
    given()
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/job-lost"))
        .body("detail", containsString("SkyPilot's job " + jobId + " is no longer this run's"));
  }

  private BufferedReader follow() throws IOException {
    URLConnection log = jobs.resolve(run + "/logs?follow=true").toURL().openConnection();
    log.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
    log.setRequestProperty("Authorization", "Bearer " + TestToken.VIEWER.token());
    return new BufferedReader(
        new InputStreamReader(new Unhurried(log.getInputStream()), StandardCharsets.UTF_8));
  }

  /**
   * Tells nobody what is there. A reader that asks ahead meets a break there, says nothing of it,
   * and then takes the stream for ended.
   */
  private static final class Unhurried extends FilterInputStream {

    Unhurried(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
