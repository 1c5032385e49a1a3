package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static dev.wrinklefree.monitor.script.ScriptedWandb.summary;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.script.ScriptedWandb;
import dev.wrinklefree.monitor.script.ScriptedWandb.Fault;
import dev.wrinklefree.monitor.script.ScriptedWandb.Run;
import dev.wrinklefree.monitor.training.TrainingLedger;
import dev.wrinklefree.monitor.wandb.LoggedValue.Finite;
import dev.wrinklefree.monitor.wandb.LoggedValue.NotFinite;
import dev.wrinklefree.monitor.wandb.Summary;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training that W&amp;B tells of, seen through Kafka and HTTP. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class TrainingFlowTest {
  private static final AtomicLong IDS = new AtomicLong(500_000);

  ScriptedSkyPilot skyPilot;
  ScriptedWandb wandb;

  @Inject DataSource database;
  @Inject TrainingLedger ledger;

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "health/ready", management = true)
  URI readiness;

  private final RunId run = Fixtures.newRunId();
  private final long jobId = IDS.incrementAndGet();
  private ContractProducer producer;
  private ContractConsumer figures;
  private ContractConsumer alerts;

  @BeforeEach
  void connect() {
    skyPilot.become(ScriptedSkyPilot.Mode.WELL);
    wandb.become(null);
    producer = new ContractProducer();
    figures = ContractConsumer.of(Topic.TRAINING_PROGRESS);
    alerts = ContractConsumer.of(Topic.RUN_ALERT);
  }

  @AfterEach
  void disconnect() {
    wandb.become(null);
    skyPilot.put(row(run, jobId, "CANCELLED"));
    producer.close();
    figures.close();
    alerts.close();
  }

  @Test
  void figuresAreToldFromTheFirstToTheLast() {
    EventAttributes accepted = running(run, jobId);
    wandb.put(new Run(run.value(), "running", "2026-11-23T10:00:00", summary(100, "2.5")));
    Event<TrainingProgressed> first = figure(100);
    wandb.put(new Run(run.value(), "running", "2026-11-23T10:00:30", summary(0, "11")));
    figure(0);

    assertThat(first.attributes().source()).isEqualTo("/monitor-service/training-progress");
    assertThat(first.attributes().correlationId()).isEqualTo(accepted.correlationOrOwnId());
    TrainingProgressed data = first.data();
    assertThat(data.loss()).isEqualTo(2.5);
    assertThat(data.tokens()).isEqualTo(819_200);
    assertThat(data.percentComplete()).isEqualTo(12.5);
    assertThat(data.heartbeatAt()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(data.url())
        .isEqualTo(
            wandb.endpoint() + "/" + ScriptedWandb.ENTITY + "/wrinklefree-fairy2/runs/" + run);
    given()
        .get(service.resolve("progress/" + run))
        .then()
        .statusCode(200)
        .body("runId", equalTo(run.value()))
        .body("step", equalTo(0))
        .body("loss", equalTo(11.0f))
        .body("name", equalTo("wf-fairy2-train"))
        .body("project", equalTo("wrinklefree-fairy2"))
        .body("seenAt", notNullValue());

    skyPilot.put(row(run, jobId, "SUCCEEDED"));
    wandb.put(new Run(run.value(), "finished", "2026-11-23T10:01:00", summary(700, "1.5")));
    assertThat(figure(700).data().wandbState()).isEqualTo("finished");
    // Nobody asks for it for ever.
    RunId other = Fixtures.newRunId();
    running(other, IDS.incrementAndGet());
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(
            () ->
                wandb.askedFor(other.value()).stream()
                    .anyMatch(question -> !question.toString().contains(run.value())));
    assertThat(figures.events(run))
        .extracting(event -> event.attributes().sequence())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, figures.events(run).size()).boxed().toList());
  }

  @Test
  void runThatWasGivenUpAndGoesOnAllTheSameIsLookedAtAgain() {
    producer.send(run, Fixtures.launchAccepted(run));
    producer.send(run, Fixtures.launchFailed(run));
    Awaitility.await().atMost(ContractConsumer.PATIENCE).until(this::isOver);
    wandb.put(alive(summary(100, "2.5")));

    skyPilot.put(row(run, jobId, "RUNNING"));

    figure(100);
  }

  private boolean isOver() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement question =
            connection.prepareStatement("SELECT over FROM training WHERE run_id = ?")) {
      question.setString(1, run.value());
      try (ResultSet row = question.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Test
  void oneQuestionIsForAllRunsOfAProject() {
    RunId other = Fixtures.newRunId();
    running(run, jobId);
    running(other, IDS.incrementAndGet());
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(
            () ->
                wandb.askedFor(run.value()).stream()
                    .anyMatch(question -> question.toString().contains(other.value())));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "'\"NaN\"'", "-Infinity"})
  void lossThatIsNoNumberIsAlertedOnceAndClearedOnce(String loss) {
    running(run, jobId);
    wandb.put(alive(summary(100, "2.5")));
    figure(100);
    wandb.put(alive(summary(101, loss)));

    Event<RunAlerted> raised = alert("loss-not-finite", Status.RAISED);
    Event<TrainingProgressed> cause = figure(101);
    assertThat(cause.data().loss()).isNull();
    assertThat(cause.data().nonFinite()).containsExactly("loss");
    assertThat(raised.attributes().causationId()).isEqualTo(cause.attributes().id());
    assertThat(raised.data().evidence())
        .containsEntry("step", "101")
        .containsEntry("lastLoss", "2.5");
    given()
        .get(service.resolve("alerts?open=true&runId=" + run))
        .then()
        .statusCode(200)
        .body("alerts.find { it.code == 'loss-not-finite' }.status", equalTo("raised"))
        .body("alerts.find { it.code == 'loss-not-finite' }.clearedAt", nullValue());

    wandb.put(alive(summary(102, "2.4")));
    alert("loss-not-finite", Status.CLEARED);
    given()
        .get(service.resolve("alerts?open=false&runId=" + run))
        .then()
        .body("alerts.code", hasItem("loss-not-finite"))
        .body("alerts.find { it.code == 'loss-not-finite' }.clearedAt", notNullValue());
    assertThat(alerts.events(run))
        .map(event -> (RunAlerted) event.data())
        .filteredOn(data -> data.code().equals("loss-not-finite"))
        .extracting(RunAlerted::status)
        .containsExactly(Status.RAISED, Status.CLEARED);
  }

  @Test
  void manyReplicasTellOneLookOnce() throws Exception {
    producer.send(run, Fixtures.launchAccepted(run));
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> ledger.watched().stream().anyMatch(known -> known.runId().equals(run)));
    Look look =
        new Look.Seen(
            new WandbSighting(
                run.value(),
                "running",
                null,
                new Summary(Map.of("_step", new Finite(7), "train/loss", new NotFinite()), null),
                "https://wandb.ai/team/project/runs/" + run),
            Instant.now());
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      for (Future<?> done :
          replicas.invokeAll(Collections.nCopies(8, () -> ledger.settle(run, look)))) {
        done.get();
      }
    }
    alert("loss-not-finite", Status.RAISED);
    figure(7);
    assertThat(figures.events(run)).hasSize(1);
    assertThat(alerts.events(run)).hasSize(1);
  }

  @Test
  void runThatNeverReportsIsAlertedAndItsEndClears() {
    running(run, jobId);
    assertThat(alert("wandb-silent", Status.RAISED).data().suggestion()).contains("WANDB_API_KEY");
    skyPilot.put(row(run, jobId, "FAILED"));
    assertThat(alert("wandb-silent", Status.CLEARED).data().message()).contains("ended");
    given().get(service.resolve("alerts?open=true&runId=" + run)).then().body("alerts", empty());
  }

  @Test
  void stepThatStandsStillIsAlerted() {
    running(run, jobId);
    wandb.put(alive(summary(100, "2.5")));
    figure(100);
    assertThat(alert("no-progress", Status.RAISED).data().evidence()).containsEntry("step", "100");
    wandb.put(alive(summary(101, "2.5")));
    alert("no-progress", Status.CLEARED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | rate limit exceeded",
        "500 | Internal Server Error",
        "200 | {\"data\": {\"project\": {\"runs\": {\"edges\": [{\"no"
      })
  void faultsOfWandbDelayTheFiguresAndNothingElse(int status, String body) {
    running(run, jobId);
    wandb.put(alive(summary(100, "2.5")));
    figure(100);
    wandb.become(new Fault(status, body, Map.of("Retry-After", "1")));
    int before = wandb.asked().size();
    Awaitility.await().atMost(ContractConsumer.PATIENCE).until(() -> wandb.asked().size() > before);
    wandb.put(alive(summary(101, "2.4")));
    given().get(readiness).then().statusCode(200);
    wandb.become(null);
    figure(101);
    assertThat(figures.events(run)).hasSize(2);
  }

  @Test
  void outageOfWandbIsShownAndDoesNotMakeTheServiceUseless() {
    running(run, jobId);
    wandb.put(alive(summary(100, "2.5")));
    figure(100);
    wandb.become(Fault.of(503));
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get(readiness)
                    .then()
                    .statusCode(200)
                    .body(containsString("\"wandb-watcher\": \"no successful read since "))
                    .body(containsString("W&B answered 503")));
  }

  @Test
  void unknownRunHasNoFiguresAndWrongParametersAreNamed() {
    given().get(service.resolve("progress/nobody")).then().statusCode(404);
    given().get(service.resolve("progress/NO-RUN")).then().statusCode(404);
    given().get(service.resolve("progress?limit=0")).then().statusCode(400);
    given()
        .get(service.resolve("alerts?limit=0&open=maybe&runId=NO-RUN"))
        .then()
        .statusCode(400)
        .body("violations.field", contains("limit", "runId", "open"));
    given()
        .get(service.resolve("progress?project=no-such-project"))
        .then()
        .statusCode(200)
        .body("progress", empty());
  }

  @Test
  void checksSayWhatIsThereAndWhatToDo() {
    given()
        .get(service.resolve("checks"))
        .then()
        .statusCode(200)
        .body("checks.name", contains("skypilot", "skypilot-clouds", "wandb"))
        .body("checks.find { it.name == 'skypilot-clouds' }.status", equalTo("unknown"))
        .body("checks.find { it.name == 'skypilot-clouds' }.advice", containsString("sky check"))
        .body("checks.find { it.name == 'wandb' }.status", equalTo("ok"))
        .body("checks.find { it.name == 'wandb' }.detail", containsString("ann"))
        .body("checks", hasSize(3));
  }

  private Run alive(String summary) {
    return new Run(run.value(), "running", Instant.now().toString(), summary);
  }

  private EventAttributes running(RunId runId, long job) {
    skyPilot.put(row(runId, job, "RUNNING"));
    EventAttributes accepted = producer.send(runId, Fixtures.launchAccepted(runId));
    producer.send(runId, new LaunchSubmitted(runId, job, null, false, Fixtures.REQUESTED_AT));
    return accepted;
  }

  private Event<TrainingProgressed> figure(long step) {
    return figures.awaitEvent(
        run, TrainingProgressed.class, data -> data.step() != null && data.step() == step);
  }

  private Event<RunAlerted> alert(String code, Status status) {
    return alerts.awaitEvent(
        run, RunAlerted.class, data -> data.code().equals(code) && data.status() == status);
  }
}
