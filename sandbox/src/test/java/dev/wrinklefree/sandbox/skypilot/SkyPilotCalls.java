package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Calls a server as a client does, with nothing of the server's own code. */
final class SkyPilotCalls {

  static final ObjectMapper MAPPER = new ObjectMapper();
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  SkyPilotCalls(SkyPilotServer server) {
    this(server.endpoint());
  }

  SkyPilotCalls(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Settings whose simulated steps take no time that a test would notice. */
  static SkyPilotSettings quick(Path stateDirectory) {
    return SkyPilotSettings.in(stateDirectory).withTimings(JobTimings.every(Duration.ofMillis(20)));
  }

  /** A body with a user, as every client sends one. */
  static ObjectNode body() {
    ObjectNode body = MAPPER.createObjectNode();
    body.putObject("env_vars").put("SKYPILOT_USER_ID", "ab12cd34").put("SKYPILOT_USER", "ada");
    return body;
  }

  static ObjectNode read(String json) throws IOException {
    return (ObjectNode) MAPPER.readTree(json);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, JsonNode body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Submits and returns the answer of {@code /api/get}. */
  HttpResponse<String> outcome(String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpResponse<String> submitted = post(path, body);
    assertThat(submitted.statusCode()).isEqualTo(200);
    assertThat(submitted.body()).isEqualTo("null");
    return get("/api/get?request_id=" + requestId(submitted));
  }

  /** Submits and returns the value that the request returned. */
  JsonNode value(String path, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<String> outcome = outcome(path, body);
    assertThat(outcome.statusCode()).as(outcome.body()).isEqualTo(200);
    return MAPPER.readTree(read(outcome.body()).get("return_value").textValue());
  }

  /** Submits what has to fail and returns the error's type and message. */
  JsonNode error(String path, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<String> outcome = outcome(path, body);
    assertThat(outcome.statusCode()).as(outcome.body()).isEqualTo(500);
    JsonNode payload = read(outcome.body()).get("detail");
    assertThat(payload.get("status").textValue()).isEqualTo("FAILED");
    assertThat(payload.get("return_value").textValue()).isEqualTo("null");
    return MAPPER.readTree(payload.get("error").textValue());
  }

  int launch(String yaml) throws IOException, InterruptedException {
    ObjectNode body = body().put("task", yaml).putNull("name");
    return value("/jobs/launch", body).get("job_id").get(0).intValue();
  }

  JsonNode job(int jobId) throws IOException, InterruptedException {
    ObjectNode body = body().put("all_users", true);
    body.putArray("job_ids").add(jobId);
    JsonNode jobs = value("/jobs/queue/v2", body).get("jobs");
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  String status(int jobId) throws IOException, InterruptedException {
    return job(jobId).get("status").textValue();
  }

  JsonNode awaitStatus(int jobId, String status) throws IOException, InterruptedException {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(status(jobId)).isEqualTo(status));
    return job(jobId);
  }

  void cancel(int jobId) throws IOException, InterruptedException {
    ObjectNode body = body();
    body.putArray("job_ids").add(jobId);
    assertThat(value("/jobs/cancel", body).isNull()).isTrue();
  }

  /** The whole log of a job: a following stream ends with the job. */
  List<String> log(int jobId) throws IOException, InterruptedException {
    return logLines(body().put("job_id", jobId)).stream()
        .filter(line -> !line.startsWith("<sky-payload>"))
        .toList();
  }

  List<String> logLines(ObjectNode body) throws IOException, InterruptedException {
    return post("/jobs/logs", body).body().lines().toList();
  }

  /** Opens a log stream without waiting for its end. */
  HttpResponse<InputStream> openLog(ObjectNode body) throws IOException, InterruptedException {
    return http.send(
        request("/jobs/logs").POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  static String requestId(HttpResponse<?> response) {
    return response.headers().firstValue("X-Skypilot-Request-ID").orElseThrow();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.resolve(path)).timeout(PATIENCE);
    String[] all =
        Stream.concat(
                Stream.of("X-SkyPilot-API-Version", "55", "X-SkyPilot-Version", "0.13.0"),
                Stream.of(headers))
            .toArray(String[]::new);
    for (int i = 0; i < all.length; i += 2) {
      builder.setHeader(all[i], all[i + 1]);
    }
    return builder;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
