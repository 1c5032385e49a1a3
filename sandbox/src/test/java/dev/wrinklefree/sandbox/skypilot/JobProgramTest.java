package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProgramTest {

  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> takenAway = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> exitCodes = new LinkedBlockingQueue<>();
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path state) throws IOException {
    server = new SkyPilotServer(SkyPilotCalls.quick(state).withProgram(this::run)).start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(Map<String, String> variables, Consumer<String> log) throws InterruptedException {
    log.accept("model " + variables.get("MODEL"));
    begun.add(variables.get("SKYPILOT_MANAGED_JOB_ID"));
    try {
      return exitCodes.take();
    } catch (InterruptedException e) {
      takenAway.add(variables.get("SKYPILOT_MANAGED_JOB_ID"));
      throw e;
    }
  }

  @Test
  void runsInPlaceOfTheScriptsAndEndsTheJobByItsExitCode() throws Exception {
    exitCodes.add(0);
    int job = calls.launch("envs: {MODEL: small}\nsetup: exit 1\nrun: exit 1");

    assertThat(calls.log(job))
        .anyMatch(line -> line.endsWith(") model small"))
        .last()
        .asString()
        .endsWith("(status: SUCCEEDED).");

    exitCodes.add(3);
    calls.awaitStatus(calls.launch("run: exit 0"), "FAILED");
  }

  @Test
  void isInterruptedWhenItsMachineIsTakenAwayAndRunsAgainOnAnother() throws Exception {
    int job = calls.launch("run: exit 0");
    String id = Integer.toString(job);
    assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(id);

    calls.post("/sandbox/preempt", SkyPilotCalls.MAPPER.createObjectNode().put("job_id", job));

    assertThat(takenAway.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
    assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
    exitCodes.add(0);
    calls.awaitStatus(job, "SUCCEEDED");
    assertThat(calls.job(job).get("recovery_count").intValue()).isEqualTo(1);
  }

  @Test
  void isInterruptedByACancel() throws Exception {
    int job = calls.launch("run: exit 0");
    begun.poll(20, TimeUnit.SECONDS);

    calls.cancel(job);

    assertThat(takenAway.poll(20, TimeUnit.SECONDS)).isEqualTo(Integer.toString(job));
    calls.awaitStatus(job, "CANCELLED");
  }
}
