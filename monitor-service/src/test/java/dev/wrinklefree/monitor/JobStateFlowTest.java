package dev.wrinklefree.monitor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.SkyPilotResource;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that really run on the SkyPilot stand-in, seen through Kafka and HTTP. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithPlatform
@QuarkusTestResource(value = SkyPilotResource.class, restrictToAnnotatedClass = true)
class JobStateFlowTest {
  SkyPilotServer skyPilotServer;

  @Inject SkyPilotClient skyPilot;

  @Inject DataSource dataSource;

  @TestHTTPResource("/jobs/")
  URI jobs;

  @TestHTTPResource(value = "health/ready", management = true)
  URI readiness;

  @TempDir Path directory;

  private final RunId run = Fixtures.newRunId();
  private final HttpClient http = HttpClient.newHttpClient();
  private ContractProducer producer;
  private ContractConsumer consumer;

  @BeforeEach
  void connect() {
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.JOB_STATE);
  }

  @AfterEach
  void disconnect() throws IOException {
    // Lets a job end that waits for it.
    Files.writeString(directory.resolve("go"), "");
    producer.close();
    consumer.close();
    http.close();
  }

  @Test
  void withoutAnApiKeyTheWatchOfWandbIsOffAndSaysSo() {
    given()
        .get(jobs.resolve("/checks"))
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'skypilot' }.status", equalTo("ok"))
        .body("checks.find { it.name == 'wandb' }.status", equalTo("unknown"))
        .body("checks.find { it.name == 'wandb' }.advice", containsString("WANDB_API_KEY"));
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get(readiness)
                    .then()
                    .statusCode(200)
                    .body(containsString("off: no API key is configured")));
  }

  @Test
  void aQuietJobIsSeenAgainAndAgainWithoutItsRowBeingWritten() throws IOException {
    accept();
    submitted(launch(untilGo()));
    awaitState(JobState.RUNNING);

    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(
            () -> {
              String version = rowVersion();
              Instant seenAt = observedAt();
              Awaitility.await()
                  .atMost(ContractConsumer.PATIENCE)
                  .until(() -> observedAt().isAfter(seenAt));
              return rowVersion().equals(version);
            });
  }

  private Instant observedAt() {
    String time = given().get(jobs.resolve(run.value())).then().extract().path("observedAt");
    return Instant.parse(time);
  }

  /** Which transaction wrote the run's row. */
  private String rowVersion() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select xmin::text from run where run_id = ?")) {
      statement.setString(1, run.value());
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  @Test
  void jobIsFollowedFromPendingToSuccess() throws IOException {
    EventAttributes accepted = accept();
    long jobId = launch("echo training; " + untilGo());
    EventAttributes submitted = submitted(jobId);
    awaitState(JobState.RUNNING);
    letGo();
    awaitState(JobState.SUCCEEDED);

    List<Event<JobStateChanged>> events = events();
    assertThat(events)
        .extracting(event -> event.data().state())
        .containsSubsequence(JobState.STARTING, JobState.RUNNING, JobState.SUCCEEDED)
        .doesNotContain(JobState.UNKNOWN);
    assertThat(events)
        .extracting(event -> event.attributes().sequence())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events)
        .allSatisfy(
            event -> {
              EventAttributes attributes = event.attributes();
              assertThat(attributes.source()).isEqualTo("/monitor-service/job-state");
              assertThat(attributes.id()).isEqualTo(run + ":" + attributes.sequence());
              assertThat(attributes.correlationId()).isEqualTo(accepted.correlationOrOwnId());
              assertThat(attributes.causationId()).isIn(accepted.id(), submitted.id());
              assertThat(attributes.recordedTime()).isAfterOrEqualTo(attributes.time());
              assertThat(event.data().skypilotJobId()).isEqualTo(jobId);
              assertThat(event.data().attempt()).isEqualTo(1);
            });
    Event<JobStateChanged> running = only(events, JobState.RUNNING);
    assertThat(running.data().placement())
        .isEqualTo(
            new Placement(
                "nebius",
                "eu-north1",
                null,
                "gpu-h100-sxm_1gpu-16vcpu-200gb",
                new Accelerators("H100", 1),
                true,
                1));
    assertThat(running.attributes().time()).isEqualTo(running.data().startedAt());
    Event<JobStateChanged> end = only(events, JobState.SUCCEEDED);
    assertThat(end.attributes().time()).isEqualTo(end.data().endedAt());
    assertThat(end.data().placement()).isNull();

    given()
        .get(jobs.resolve(run.value()))
        .then()
        .statusCode(200)
        .body("runId", equalTo(run.value()))
        .body("name", equalTo("wf-fairy2-train"))
        .body("skypilotJobId", equalTo((int) jobId))
        .body("state", equalTo("SUCCEEDED"))
        .body("attempt", equalTo(1))
        .body("observedAt", notNullValue())
        .body("changedAt", equalTo(end.attributes().time().toString()))
        .body(
            "history.state",
            contains(events.stream().map(event -> event.data().state().name()).toArray()));
    given()
        .queryParam("state", "SUCCEEDED")
        .get(jobs)
        .then()
        .statusCode(200)
        .body("jobs.runId", hasItem(run.value()));
  }

  @Test
  void preemptionIsTwoAttemptsWithTheGapBetween() throws Exception {
    accept();
    long jobId = launch(untilGo());
    submitted(jobId);
    awaitState(JobState.RUNNING);

    Instant preempted = Instant.now();
    preempt(jobId);
    Event<JobStateChanged> again =
        consumer.awaitEvent(
            run,
            JobStateChanged.class,
            data -> data.attempt() == 2 && data.state() == JobState.RUNNING);
    letGo();
    awaitState(JobState.SUCCEEDED);

    Event<JobStateChanged> recovering = only(events(), JobState.RECOVERING);
    assertThat(recovering.data().reason()).extracting("code").isEqualTo("preempted");
    assertThat(recovering.data().placement()).isNull();
    assertThat(recovering.attributes().time())
        .isBetween(preempted.minusSeconds(1), again.attributes().time());
    assertThat(again.data().previousState()).isEqualTo(JobState.RECOVERING);
    assertThat(again.data().recoveries()).isEqualTo(1);
    assertThat(again.data().placement()).isNotNull();
    assertThat(only(events(), JobState.SUCCEEDED).data().attempt()).isEqualTo(2);
  }

  @Test
  void failureOfTheUsersCodeIsToldWithItsReason() {
    accept();
    submitted(launch("exit 3"));

    JobStateChanged failed = awaitState(JobState.FAILED).data();

    assertThat(failed.reason()).extracting("code").isEqualTo("user-code-failed");
    assertThat(failed.endedAt()).isNotNull();
  }

  @Test
  void cancelIsFollowedToItsEnd() {
    accept();
    long jobId = launch("sleep 300");
    submitted(jobId);
    awaitState(JobState.RUNNING);

    skyPilot.cancelJobs(List.of(jobId));

    assertThat(awaitState(JobState.CANCELLED).data().reason())
        .extracting("code")
        .isEqualTo("cancelled");
    assertThat(events()).extracting(event -> event.data().state()).contains(JobState.CANCELLING);
  }

  @Test
  void jobIsFoundByItsNameBeforeItsIdIsTold() {
    accept();
    long jobId = launch(untilGo());

    assertThat(awaitState(JobState.RUNNING).data().skypilotJobId()).isEqualTo(jobId);
  }

  @Test
  void logStreamsWhileTheJobRunsAndEndsWithIt() throws Exception {
    accept();
    submitted(launch("echo step 1; " + untilGo() + "; echo step 2"));
    awaitState(JobState.RUNNING);

    try (BufferedReader log = openLog("?follow=true")) {
      assertThat(log.lines().filter(line -> line.contains("step 1")).findFirst()).isPresent();
      letGo();
      assertThat(log.lines().toList())
          .anyMatch(line -> line.contains("step 2"))
          .noneMatch(line -> line.contains("sky-payload"));
    }
    awaitState(JobState.SUCCEEDED);

    given()
        .queryParam("tail", 1)
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8");
    try (BufferedReader whole = openLog("")) {
      assertThat(whole.lines().toList())
          .anyMatch(line -> line.contains("step 1"))
          .anyMatch(line -> line.contains("step 2"));
    }
  }

  private EventAttributes accept() {
    EventAttributes accepted = producer.send(run, Fixtures.launchAccepted(run));
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> given().get(jobs.resolve(run.value())).statusCode() == 200);
    return accepted;
  }

  private EventAttributes submitted(long jobId) {
    return producer.send(
        Fixtures.event(run, new LaunchSubmitted(run, jobId, null, false, Fixtures.REQUESTED_AT)));
  }

  private long launch(String command) {
    String task =
        """
        name: %1$s
        resources:
          accelerators: H100:1
          use_spot: true
          infra: nebius
        _metadata:
          wrinklefree_run_id: %1$s
        run: |
          %2$s
        """
            .formatted(run, command);
    return skyPilot.awaitLaunch(skyPilot.submitLaunch(task, run.value())).jobIds().getFirst();
  }

  private String untilGo() {
    return "until [ -e %s ]; do sleep 0.05; done".formatted(directory.resolve("go"));
  }

  private void letGo() throws IOException {
    Files.writeString(directory.resolve("go"), "");
  }

  private void preempt(long jobId) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(skyPilotServer.endpoint().resolve("/sandbox/preempt"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"job_id\":" + jobId + "}"))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private BufferedReader openLog(String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(jobs.resolve(run + "/logs" + query))
            .header("Authorization", "Bearer " + TestToken.VIEWER.token())
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private Event<JobStateChanged> awaitState(JobState state) {
    return consumer.awaitEvent(run, JobStateChanged.class, data -> data.state() == state);
  }

  private List<Event<JobStateChanged>> events() {
    return consumer.events(run).stream()
        .map(e -> new Event<>(e.attributes(), (JobStateChanged) e.data()))
        .toList();
  }

  private static Event<JobStateChanged> only(List<Event<JobStateChanged>> events, JobState state) {
    List<Event<JobStateChanged>> found =
        events.stream().filter(event -> event.data().state() == state).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
