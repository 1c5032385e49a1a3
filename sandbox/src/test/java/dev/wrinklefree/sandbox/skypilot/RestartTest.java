package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  /** A server in a JVM of its own: prints its endpoint and stays until it is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      SkyPilotServer server =
          new SkyPilotServer(SkyPilotCalls.quick(Path.of(arguments[0]))).start();
      System.out.println(server.endpoint());
      Thread.currentThread().join();
    }
  }

  @Test
  void aRestartKeepsJobsAndForgetsRequests(@TempDir Path state) throws Exception {
    String requestId;
    int finished;
    int live;
    long process;
    try (SkyPilotServer first = new SkyPilotServer(SkyPilotCalls.quick(state)).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(first);
      finished = calls.launch("{name: finished, run: echo over}");
      calls.awaitStatus(finished, "SUCCEEDED");
      live = calls.launch("{name: live, run: 'echo child $$; sleep 1000'}");
      process = awaitChild(calls, live);
      requestId = SkyPilotCalls.requestId(calls.post("/jobs/queue/v2", SkyPilotCalls.body()));
      assertThat(calls.get("/api/get?request_id=" + requestId).statusCode()).isEqualTo(200);
    }
    assertThat(Processes.alive(process)).isFalse();

    try (SkyPilotServer second = new SkyPilotServer(SkyPilotCalls.quick(state)).start()) {
      SkyPilotCalls calls = new SkyPilotCalls(second);
      assertThat(calls.get("/api/get?request_id=" + requestId).statusCode()).isEqualTo(404);
      JsonNode kept = calls.job(finished);
      assertThat(kept.get("job_name").textValue()).isEqualTo("finished");
      assertThat(kept.get("status").textValue()).isEqualTo("SUCCEEDED");
      assertThat(calls.log(finished)).anyMatch(line -> line.endsWith(") over"));
      JsonNode recovered = calls.awaitStatus(live, "RUNNING");
      assertThat(recovered.get("recovery_count").intValue()).isEqualTo(1);
      assertThat(calls.launch("run: echo")).isEqualTo(live + 1);
    }
  }

  @Test
  void theProcessesOfJobsDieWithAKilledServer(@TempDir Path state) throws Exception {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                state.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      SkyPilotCalls calls = new SkyPilotCalls(URI.create(output.readLine()));
      int job =
          calls.launch("run: 'trap \"\" TERM HUP; sleep 1000 & echo child $!; wait; sleep 1000'");
      long process = awaitChild(calls, job);
      assertThat(Processes.alive(process)).isTrue();

      jvm.destroyForcibly().waitFor();

      JobLifeTest.awaitDeath(process);
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static long awaitChild(SkyPilotCalls calls, int job) {
    return Awaitility.await()
        .atMost(SkyPilotCalls.PATIENCE)
        .until(
            () -> {
              List<String> lines =
                  calls.logLines(SkyPilotCalls.body().put("job_id", job).put("follow", false));
              return lines.stream()
                  .filter(line -> line.contains(") child "))
                  .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }
}
