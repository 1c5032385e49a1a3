package dev.wrinklefree.checkpoint.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.TestBucket;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class CheckpointsResourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Storage storage;
  @Inject ObjectMapper json;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  private final RunId runId = Fixtures.newRunId();
  private final String prefix = "fairy2/smollm2_135m/" + runId + "/";
  private TestBucket bucket;

  @BeforeEach
  void connect() {
    bucket = new TestBucket(storage);
  }

  @Test
  void listsTheNewestFirstAsTheEventsSayIt() throws Exception {
    accept();
    List<JsonNode> told = writeAndAwait("checkpoint_step_1.pt", "checkpoint_step_2.pt");

    String body =
        given()
            .queryParam("runId", runId.value())
            .get("/checkpoints")
            .then()
            .statusCode(200)
            .contentType("application/json")
            .extract()
            .asString();

    JsonNode listed = json.readTree(body).get("checkpoints");
    assertThat(listed).allMatch(checkpoint -> checkpoint.get("inBucket").asBoolean());
    listed.forEach(checkpoint -> ((ObjectNode) checkpoint).remove("inBucket"));
    assertThat(listed).containsExactly(told.get(1), told.get(0));
  }

  @Test
  void limitsTheList() {
    accept();
    writeAndAwait("checkpoint_step_1.pt", "checkpoint_step_2.pt", "checkpoint_step_3.pt");

    given()
        .queryParam("runId", runId.value())
        .queryParam("limit", 2)
        .get("/checkpoints")
        .then()
        .statusCode(200)
        .body("checkpoints.step", contains(3, 2));
    given().queryParam("limit", 1).get("/checkpoints").then().body("checkpoints", hasSize(1));
  }

  @Test
  void knowsNoCheckpointsOfAnUnknownRun() {
    given()
        .queryParam("runId", runId.value())
        .get("/checkpoints")
        .then()
        .statusCode(200)
        .body("checkpoints", hasSize(0));
  }

  @Test
  void answersTheLatestEvenIfItsStepIsLower() {
    accept();
    writeAndAwait("checkpoint_step_2000.pt");
    writeAndAwait("checkpoint_step_500.pt");

    given()
        .get("/checkpoints/{run}/latest", runId.value())
        .then()
        .statusCode(200)
        .body("step", equalTo(500))
        .body("runId", equalTo(runId.value()));
  }

  @Test
  void saysWhatIsGoneAndKeepsTheLatestToWhatIsThere() {
    accept();
    writeAndAwait("checkpoint_step_1.pt", "checkpoint_step_2.pt", "checkpoint_step_3.pt");
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.delete(prefix + "checkpoint_step_1.pt");
    bucket.delete(prefix + "checkpoint_step_3.pt");

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .queryParam("runId", runId.value())
                    .get("/checkpoints")
                    .then()
                    .body("checkpoints.findAll { it.inBucket }.step", contains(2)));
    given().get("/checkpoints/{run}/latest", runId.value()).then().body("step", equalTo(2));
  }

  @ParameterizedTest
  @CsvSource({"no-such-run", "Not_A_Run_Id"})
  void answersAProblemForTheLatestOfNone(String run) {
    given()
        .get("/checkpoints/{run}/latest", run)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/no-checkpoint"))
        .body("title", equalTo("No checkpoint"))
        .body("status", equalTo(404))
        .body("detail", containsString(run))
        .body("instance", equalTo("/checkpoints/" + run + "/latest"));
  }

  @Test
  void namesWhatIsWrongWithAQuery() {
    given()
        .queryParam("runId", "Not A Run")
        .queryParam("limit", "many")
        .get("/checkpoints")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/bad-parameter"))
        .body("violations.field", contains("runId", "limit"))
        .body("violations.code", contains("malformed-run-id", "not-in-range"));
  }

  @ParameterizedTest
  @CsvSource({"GET, /no-such-path, 404", "POST, /checkpoints, 405"})
  void answersProblemsOfTheFrameworkInTheSameForm(String method, String path, int status) {
    given()
        .request(method, path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status));
  }

  @Test
  void showsWhatBelongsToNoRunUntilItsRunIsKnown() {
    bucket.put("fairy2/stray-" + runId + ".pt", "12345");
    bucket.put(prefix + "notes.txt", "1");

    Awaitility.await().atMost(PATIENCE).until(() -> strays().size() == 2);
    assertThat(metric()).isGreaterThanOrEqualTo(2);
    accept();

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(strays()).containsExactly("fairy2/stray-" + runId + ".pt"));
    bucket.delete("fairy2/stray-" + runId + ".pt");
    Awaitility.await().atMost(PATIENCE).until(() -> strays().isEmpty());
  }

  private List<String> strays() {
    List<String> names =
        given()
            .queryParam("limit", 1000)
            .get("/checkpoints/unattributed")
            .then()
            .statusCode(200)
            .extract()
            .path("objects.name");
    return names.stream().filter(name -> name.contains(runId.value())).toList();
  }

  private double metric() {
    String metrics =
        given().port(managementPort).get("/q/metrics").then().statusCode(200).extract().asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("wf_checkpoint_unattributed_objects{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void accept() {
    try (ContractProducer producer = new ContractProducer()) {
      producer.send(runId, Fixtures.launchAccepted(runId));
    }
  }

  private List<JsonNode> writeAndAwait(String... names) {
    try (ContractConsumer consumer = ContractConsumer.of(Topic.CHECKPOINT_WRITTEN)) {
      int before = consumer.events(runId).size();
      for (String name : names) {
        bucket.put(prefix + name);
      }
      EventCodec codec = new EventCodec();
      return consumer.awaitEvents(runId, before + names.length).stream()
          .map(event -> read(codec.dataBytes(event.data())))
          .toList();
    }
  }

  private JsonNode read(byte[] data) {
    try {
      return json.readTree(data);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
