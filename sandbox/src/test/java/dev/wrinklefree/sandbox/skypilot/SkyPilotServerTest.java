package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyPilotServerTest {
  private Path state;
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path stateDirectory) throws IOException {
    state = stateDirectory;
    server = new SkyPilotServer(SkyPilotCalls.quick(state)).start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void healthTellsTheVersionAsText() throws Exception {
    HttpResponse<String> response = calls.get("/api/health");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode health = SkyPilotCalls.read(response.body());
    assertThat(health.get("status").textValue()).isEqualTo("healthy");
    assertThat(health.get("api_version").isTextual()).isTrue();
    assertThat(health.get("api_version").textValue()).isEqualTo("55");
    assertThat(health.get("version").textValue()).isEqualTo("0.13.0");
    assertThat(health.get("commit").textValue()).hasSize(40);
  }

  @Test
  void everyAnswerHasAFreshRequestIdAndTheVersion() throws Exception {
    List<String> ids = new ArrayList<>();
    for (String path : List.of("/api/health", "/nowhere", "/api/get?request_id=x")) {
      HttpResponse<String> response = calls.get(path);
      ids.add(SkyPilotCalls.requestId(response));
      assertThat(response.headers().firstValue("X-SkyPilot-API-Version")).hasValue("55");
      assertThat(response.headers().firstValue("X-SkyPilot-Version")).hasValue("0.13.0");
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void noVersionIsToldToAClientThatTellsNone() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.endpoint().resolve("/api/health")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.headers().firstValue("X-SkyPilot-API-Version")).isEmpty();
      assertThat(SkyPilotCalls.read(response.body()).get("api_version").textValue())
          .isEqualTo("55");
    }
  }

  @ParameterizedTest
  @CsvSource({"23, 400", "24, 200", "62, 200", "abc, 500"})
  void clientVersionDecidesWhetherItIsServed(String version, int status) throws Exception {
    HttpResponse<String> response = calls.get("/api/health", "X-SkyPilot-API-Version", version);

    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 400) {
      JsonNode body = SkyPilotCalls.read(response.body());
      assertThat(body.get("error").textValue()).isEqualTo("version_mismatch");
      assertThat(body.get("message").textValue()).contains("too old");
      assertThat(response.headers().firstValue("X-SkyPilot-API-Version")).hasValue("55");
    }
  }

  @Test
  void launchWithoutItsRequiredKeysIsUnprocessable() throws Exception {
    HttpResponse<String> response =
        calls.post("/jobs/launch", SkyPilotCalls.body().put("all_users", "yes"));

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode detail = SkyPilotCalls.read(response.body()).get("detail");
    assertThat(detail.findValuesAsText("type")).containsOnly("missing");
    assertThat(detail.get(0).get("loc")).hasToString("[\"body\",\"task\"]");
    assertThat(detail.get(1).get("loc")).hasToString("[\"body\",\"name\"]");
  }

  @Test
  void brokenJsonIsUnprocessable() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.endpoint().resolve("/jobs/queue/v2"))
            .POST(HttpRequest.BodyPublishers.ofString("{"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.body()).contains("json_invalid");
    }
  }

  @Test
  void envVarsWithoutAUserAreATraceback() throws Exception {
    ObjectNode body = SkyPilotCalls.body();
    ((ObjectNode) body.get("env_vars")).remove("SKYPILOT_USER_ID");

    HttpResponse<String> response = calls.post("/jobs/queue/v2", body);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body()).contains("KeyError: 'SKYPILOT_USER_ID'");
  }

  @Test
  void nullEnvVarsAreUnprocessableAndMissingOnesAreTheServersOwn() throws Exception {
    ObjectNode nullVariables = SkyPilotCalls.body();
    nullVariables.putNull("env_vars");
    assertThat(calls.post("/jobs/queue/v2", nullVariables).statusCode()).isEqualTo(422);

    ObjectNode none = SkyPilotCalls.MAPPER.createObjectNode();
    assertThat(calls.value("/jobs/queue/v2", none).get("total").intValue()).isZero();
  }

  @Test
  void unknownPathAndWrongMethodAreToldApart() throws Exception {
    assertThat(calls.get("/jobs/nothing").statusCode()).isEqualTo(404);
    assertThat(calls.get("/jobs/launch").statusCode()).isEqualTo(405);
  }

  @Test
  void anUnknownRequestIsNotFound() throws Exception {
    HttpResponse<String> response = calls.get("/api/get?request_id=deadbeef");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"detail\":\"Request 'deadbeef' not found\"}");
    assertThat(calls.get("/api/get").statusCode()).isEqualTo(422);
  }

  @Test
  void aPrefixFindsOneRequestAndRefusesSeveral() throws Exception {
    String id = SkyPilotCalls.requestId(calls.post("/jobs/queue/v2", SkyPilotCalls.body()));
    assertThat(calls.get("/api/get?request_id=" + id.substring(0, 30)).statusCode()).isEqualTo(200);

    calls.post("/jobs/queue/v2", SkyPilotCalls.body());
    HttpResponse<String> several = calls.get("/api/get?request_id=");
    assertThat(several.statusCode()).isEqualTo(400);
    assertThat(several.body()).contains("Multiple requests found for request ID prefix");
  }

  @Test
  void aFinishedRequestHasTheWholePayload() throws Exception {
    JsonNode payload =
        SkyPilotCalls.read(calls.outcome("/jobs/queue/v2", SkyPilotCalls.body()).body());

    assertThat(payload.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "request_id",
            "name",
            "entrypoint",
            "request_body",
            "status",
            "created_at",
            "user_id",
            "return_value",
            "error",
            "pid",
            "schedule_type",
            "user_name",
            "cluster_name",
            "status_msg",
            "should_retry",
            "finished_at",
            "file_mounts_blob_id");
    assertThat(payload.get("name").textValue()).isEqualTo("sky.jobs.queue_v2");
    assertThat(payload.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(payload.get("user_id").textValue()).isEqualTo("ab12cd34");
    assertThat(payload.get("error").textValue()).isEqualTo("null");
    assertThat(payload.get("request_body").textValue()).isEqualTo("gAROLg==");
    assertThat(payload.get("finished_at").doubleValue())
        .isGreaterThanOrEqualTo(payload.get("created_at").doubleValue());
  }

  @Test
  void aFailedRequestSaysItsErrorTwiceEncoded() throws Exception {
    ObjectNode body = SkyPilotCalls.body();
    body.putArray("fields").add("job_id").add("no_such_column");

    JsonNode error = calls.error("/jobs/queue/v2", body);

    assertThat(error.get("type").textValue()).isEqualTo("RuntimeError");
    assertThat(error.get("message").textValue()).contains("Unknown field: no_such_column");
    assertThat(error.get("object").textValue()).isNotEmpty();
  }

  @Test
  void statusListsRequestsReadablyAndSkipsUnknownIds() throws Exception {
    String id = SkyPilotCalls.requestId(calls.post("/jobs/queue/v2", SkyPilotCalls.body()));
    calls.get("/api/get?request_id=" + id);

    HttpResponse<String> response = calls.get("/api/status?request_ids=unknown&request_ids=" + id);

    JsonNode list = SkyPilotCalls.MAPPER.readTree(response.body());
    assertThat(list).hasSize(1);
    assertThat(list.get(0).get("request_id").textValue()).isEqualTo(id);
    assertThat(list.get(0).get("entrypoint").textValue()).isEqualTo("queue_v2_api");
    assertThat(list.get(0).get("user_name").textValue()).isEqualTo("ada");
    assertThat(list.get(0).get("return_value").textValue()).isEqualTo("null");
    assertThat(SkyPilotCalls.MAPPER.readTree(calls.get("/api/status").body())).isEmpty();
    assertThat(
            SkyPilotCalls.MAPPER.readTree(calls.get("/api/status?all_status=true&limit=1").body()))
        .hasSize(1);
  }

  @Test
  void aLaunchThatIsBeingWorkedOnIsListedWithItsBody(@TempDir Path directory) throws Exception {
    SkyPilotSettings slow =
        SkyPilotSettings.in(directory)
            .withTimings(
                JobTimings.every(Duration.ofMillis(20)).withSubmission(Duration.ofMinutes(5)));
    try (SkyPilotServer slowServer = new SkyPilotServer(slow).start()) {
      SkyPilotCalls launching = new SkyPilotCalls(slowServer);
      ObjectNode body = SkyPilotCalls.body().put("task", "run: echo").put("name", "slow");
      String id = SkyPilotCalls.requestId(launching.post("/jobs/launch", body));

      JsonNode listed =
          SkyPilotCalls.MAPPER.readTree(
              launching.get("/api/status?fields=request_id&fields=request_body").body());

      assertThat(listed).hasSize(1);
      assertThat(listed.get(0).get("request_id").textValue()).isEqualTo(id);
      assertThat(listed.get(0).get("status").textValue()).isEqualTo("RUNNING");
      assertThat(SkyPilotCalls.read(listed.get(0).get("request_body").textValue()).get("name"))
          .hasToString("\"slow\"");
      assertThat(
              SkyPilotCalls.MAPPER
                  .readTree(launching.get("/api/status?fields=request_id").body())
                  .get(0)
                  .get("request_body")
                  .textValue())
          .isEqualTo("null");
    }
  }

  @Test
  void validateAnswersAtOnce() throws Exception {
    ObjectNode good = SkyPilotCalls.body().put("dag", "run: echo").putNull("request_options");
    assertThat(calls.post("/validate", good).body()).isEqualTo("null");

    ObjectNode bad = SkyPilotCalls.body().put("dag", "rum: echo").putNull("request_options");
    HttpResponse<String> response = calls.post("/validate", bad);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode detail = SkyPilotCalls.read(response.body()).get("detail");
    assertThat(detail.get("type").textValue()).isEqualTo("InvalidSkyPilotConfigError");
    assertThat(detail.get("message").textValue()).contains("'rum' was unexpected");
    assertThat(detail.has("stacktrace")).isTrue();
  }

  @Test
  void aTakenPortIsNamed() {
    URI taken = server.endpoint();
    SkyPilotServer second =
        new SkyPilotServer(
            SkyPilotCalls.quick(state.resolve("other")).withAddress("127.0.0.1", taken.getPort()));

    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + taken.getPort());
  }
}
