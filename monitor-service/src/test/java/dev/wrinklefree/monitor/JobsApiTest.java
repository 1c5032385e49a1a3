package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.testkit.ConnectorAttributes;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.access.TestToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST interface: answers, problems, and logs that nobody reads any more. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class JobsApiTest {
  private static final AtomicLong IDS = new AtomicLong(50_000);
  private static final String PROBLEM = "application/problem+json";

  ScriptedSkyPilot skyPilot;

  @TestHTTPResource("/jobs/")
  URI jobs;

  private final RunId run = Fixtures.newRunId();
  private final long jobId = IDS.incrementAndGet();
  private ContractProducer producer;
  private ContractConsumer consumer;

  @BeforeEach
  void connect() {
    skyPilot.become(ScriptedSkyPilot.Mode.WELL);
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.JOB_STATE);
  }

  @AfterEach
  void disconnect() {
    producer.close();
    consumer.close();
  }

  @ParameterizedTest
  @CsvSource({"nobody", "NOT-A-RUN-ID", "a%20b"})
  void unknownRunIsNotFound(String runId) {
    for (String path : new String[] {runId, runId + "/logs"}) {
      given()
          .urlEncodingEnabled(false)
          .get(jobs + path)
          .then()
          .statusCode(404)
          .contentType(PROBLEM)
          .body("type", equalTo("/problems/unknown-run"))
          .body("status", equalTo(404));
    }
  }

  @Test
  void wrongParametersAreNamedAllAtOnce() {
    given()
        .queryParam("limit", "1001")
        .queryParam("state", "DONE")
        .get(jobs)
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("violations.field", hasItems("limit", "state"))
        .body("violations.code", hasItems("not-in-range", "unknown-state"));
    given()
        .queryParam("follow", "yes")
        .queryParam("tail", "-3")
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("follow", "tail"));
  }

  @Test
  void otherErrorsAreProblemsToo() {
    given().delete(jobs.resolve(run.value())).then().statusCode(405).contentType(PROBLEM);
  }

  @Test
  void runWithoutAJobIsKnownButHasNoLogYet() {
    producer.send(run, Fixtures.launchAccepted(run));
    awaitKnown();

    given()
        .get(jobs.resolve(run.value()))
        .then()
        .statusCode(200)
        .body("name", equalTo("wf-fairy2-train"))
        .body("state", nullValue())
        .body("history", empty());
    given()
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(409)
        .contentType(PROBLEM)
        .header("Retry-After", "5")
        .body("type", equalTo("/problems/no-job-yet"));
    given().get(jobs).then().statusCode(200).body("jobs.runId", not(hasItem(run.value())));
  }

  @Test
  void runWhoseLaunchFailedHasNoLogEver() {
    producer.send(run, Fixtures.launchFailed(run));
    awaitKnown();

    given()
        .get(jobs.resolve(run + "/logs"))
        .then()
        .statusCode(409)
        .header("Retry-After", nullValue())
        .body("type", equalTo("/problems/no-job"));
  }

  @Test
  void newestRunsComeFirst() {
    RunId newer = Fixtures.newRunId();
    submit(run, jobId);
    submit(newer, IDS.incrementAndGet());

    given()
        .queryParam("limit", 1)
        .get(jobs)
        .then()
        .statusCode(200)
        .body("jobs", hasSize(1))
        .body("jobs[0].runId", equalTo(newer.value()))
        .body("jobs[0].history", nullValue());
  }

  @Test
  void readerThatLeavesInASilenceClosesTheSource() throws Exception {
    submit(run, jobId);
    CountDownLatch closed = skyPilot.nextLogClosed();
    // A client of its own: closing it closes the connection, as a terminal that is shut does.
    HttpClient reader = HttpClient.newHttpClient();

    try (BufferedReader log = open(reader, "?follow=true")) {
      assertThat(log.readLine()).isEqualTo("(task, pid=1) first line");
      assertThat(closed.getCount()).isEqualTo(1);
    }
    reader.shutdownNow();

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void readerThatLeavesBeforeASilentLogOpensClosesTheSource() throws Exception {
    submit(run, jobId);
    CountDownLatch closed = skyPilot.nextLogClosed();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayOpen = skyPilot.holdNextLog(asked);

    try (Socket reader = new Socket(jobs.getHost(), jobs.getPort())) {
      reader
          .getOutputStream()
          .write(
              ("GET /jobs/"
                      + run
                      + "/logs?follow=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + TestToken.VIEWER.token()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    }
    // The end of the connection has reached the server before a later request is answered.
    given().get(jobs).then().statusCode(200);
    mayOpen.countDown();

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void unreachableSkyPilotIsAProblemForLogsOnly() {
    submit(run, jobId);
    skyPilot.refuseLogs(503);
    try {
      given()
          .get(jobs.resolve(run + "/logs"))
          .then()
          .statusCode(503)
          .contentType(PROBLEM)
          .body("type", equalTo("/problems/skypilot-unreachable"));
      skyPilot.refuseLogs(403);
      given()
          .get(jobs.resolve(run + "/logs"))
          .then()
          .statusCode(502)
          .body("type", equalTo("/problems/skypilot-refused"));
    } finally {
      skyPilot.refuseLogs(0);
    }
    given().get(jobs.resolve(run.value())).then().statusCode(200);
  }

  @Test
  void everyConnectorAttributeIsRead() throws IOException {
    assertThat(ConnectorAttributes.unknownInConfigurationFiles()).isEmpty();
  }

  private void submit(RunId runId, long id) {
    skyPilot.put(row(runId, id, "RUNNING"));
    producer.send(runId, Fixtures.launchAccepted(runId));
    producer.send(runId, new LaunchSubmitted(runId, id, null, false, Fixtures.REQUESTED_AT));
    consumer.awaitEvent(runId, JobStateChanged.class, data -> data.state() == JobState.RUNNING);
  }

  private void awaitKnown() {
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> given().get(jobs.resolve(run.value())).statusCode() == 200);
  }

  private BufferedReader open(HttpClient client, String query)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(jobs.resolve(run + "/logs" + query))
            .header("Authorization", "Bearer " + TestToken.VIEWER.token())
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }
}
