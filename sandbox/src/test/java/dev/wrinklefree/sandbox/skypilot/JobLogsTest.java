package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogsTest {
  private Path gate;
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path stateDirectory, @TempDir Path gateDirectory) throws IOException {
    gate = gateDirectory;
    server =
        new SkyPilotServer(
                SkyPilotCalls.quick(stateDirectory).withHeartbeat(Duration.ofMillis(100)))
            .start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFollowedLogComesWhileTheJobRuns() throws Exception {
    Path open = gate.resolve("open");
    int job =
        calls.launch(
            "{name: gated, run: 'echo before; until [[ -e %s ]]; do sleep 0.02; done; echo after'}"
                .formatted(open));
    HttpResponse<InputStream> stream = calls.openLog(SkyPilotCalls.body().put("job_id", job));
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      boolean heartbeat = false;
      boolean before = false;
      while (!(heartbeat && before)) {
        String line = reader.readLine();
        assertThat(line).isNotNull();
        lines.add(line);
        heartbeat |= line.equals("<sky-payload>\"<heartbeat></heartbeat>\"</sky-payload>");
        before |= line.matches("\\(gated, pid=\\d+\\) before");
      }
      assertThat(calls.status(job)).isEqualTo("RUNNING");
      Files.createFile(open);
      reader.lines().forEach(lines::add);
    }

    assertThat(lines.getFirst())
        .isEqualTo(
            "<sky-payload>\"<rich_init>Checking managed job status...</rich_init>\"</sky-payload>");
    assertThat(lines).anyMatch(line -> line.matches("\\(gated, pid=\\d+\\) after"));
    assertThat(lines).contains("✓ Job finished (status: SUCCEEDED).");
    assertThat(exitCode(stream)).isZero();
  }

  @Test
  void theExitCodeOfAStreamTellsTheOutcome() throws Exception {
    int failed = calls.launch("run: exit 1");
    calls.awaitStatus(failed, "FAILED");
    assertThat(exitCode(drain(SkyPilotCalls.body().put("job_id", failed)))).isEqualTo(100);

    int running = calls.launch("run: sleep 1000");
    calls.awaitStatus(running, "RUNNING");
    assertThat(exitCode(drain(SkyPilotCalls.body().put("job_id", running).put("follow", false))))
        .isEqualTo(101);

    calls.cancel(running);
    assertThat(exitCode(drain(SkyPilotCalls.body().put("job_id", running)))).isEqualTo(103);
  }

  @Test
  void anUnknownJobIsASentenceAndAnExitCode() throws Exception {
    HttpResponse<InputStream> stream = calls.openLog(SkyPilotCalls.body().put("job_id", 7));
    try (InputStream body = stream.body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("Job 7 not found.\n");
    }
    assertThat(exitCode(stream)).isEqualTo(102);
  }

  @Test
  void aNameFindsTheOnlyLiveJobOfThatName() throws Exception {
    int job = calls.launch("{name: only, run: 'echo hello; sleep 1000'}");
    calls.awaitStatus(job, "RUNNING");
    ObjectNode byName = SkyPilotCalls.body().put("name", "only").put("follow", false);
    await()
        .atMost(SkyPilotCalls.PATIENCE)
        .untilAsserted(
            () -> assertThat(calls.logLines(byName)).anyMatch(line -> line.endsWith(") hello")));

    calls.cancel(job);
    calls.awaitStatus(job, "CANCELLED");
    assertThat(calls.logLines(byName))
        .containsExactly("No running managed job found with name 'only'.");
  }

  @Test
  void aTailIsTheLastLinesOnly() throws Exception {
    int job = calls.launch("run: 'for i in 1 2 3; do echo line $i; done'");
    calls.awaitStatus(job, "SUCCEEDED");

    List<String> lines =
        calls
            .logLines(SkyPilotCalls.body().put("job_id", job).put("tail", 2).put("follow", false))
            .stream()
            .filter(line -> !line.startsWith("<sky-payload>"))
            .toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).endsWith(") line 3");
    assertThat(lines.getLast()).isEqualTo("✓ Job finished (status: SUCCEEDED).");
  }

  @Test
  void aStreamOfTheLatestJobNeedsNoSelectorAndTheControllerHasALogToo() throws Exception {
    int job = calls.launch("run: echo last");
    calls.awaitStatus(job, "SUCCEEDED");

    assertThat(calls.logLines(SkyPilotCalls.body())).anyMatch(line -> line.endsWith(") last"));
    assertThat(calls.logLines(SkyPilotCalls.body().put("controller", true)))
        .anyMatch(line -> line.endsWith("job 1 is STARTING"))
        .anyMatch(line -> line.endsWith("job 1 is SUCCEEDED"));
  }

  @Test
  void aCancelledStreamEndsAndTellsTheReaderToComeAgain() throws Exception {
    int job = calls.launch("run: sleep 1000");
    calls.awaitStatus(job, "RUNNING");
    HttpResponse<InputStream> stream = calls.openLog(SkyPilotCalls.body().put("job_id", job));
    String id = SkyPilotCalls.requestId(stream);
    ObjectNode cancel = SkyPilotCalls.body();
    cancel.putArray("request_ids").add(id);

    assertThat(calls.value("/api/cancel", cancel).get(0).textValue()).isEqualTo(id);

    try (InputStream body = stream.body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("<sky-payload>\"<retry></retry>\"</sky-payload>\n");
    }
    JsonNode payload = SkyPilotCalls.read(calls.get("/api/get?request_id=" + id).body());
    assertThat(payload.get("status").textValue()).isEqualTo("CANCELLED");
    assertThat(calls.status(job)).isEqualTo("RUNNING");
  }

  @Test
  void aReaderThatLeavesCancelsItsRequest() throws Exception {
    int job = calls.launch("run: sleep 1000");
    calls.awaitStatus(job, "RUNNING");
    HttpResponse<InputStream> stream = calls.openLog(SkyPilotCalls.body().put("job_id", job));
    stream.body().close();

    JsonNode payload =
        SkyPilotCalls.read(
            calls.get("/api/get?request_id=" + SkyPilotCalls.requestId(stream)).body());

    assertThat(payload.get("status").textValue()).isEqualTo("CANCELLED");
  }

  private HttpResponse<InputStream> drain(ObjectNode body) throws Exception {
    HttpResponse<InputStream> stream = calls.openLog(body);
    try (InputStream text = stream.body()) {
      text.readAllBytes();
    }
    return stream;
  }

  private int exitCode(HttpResponse<?> stream) throws Exception {
    JsonNode payload =
        SkyPilotCalls.read(
            calls.get("/api/get?request_id=" + SkyPilotCalls.requestId(stream)).body());
    assertThat(payload.get("status").textValue()).isEqualTo("SUCCEEDED");
    return Integer.parseInt(payload.get("return_value").textValue());
  }
}
