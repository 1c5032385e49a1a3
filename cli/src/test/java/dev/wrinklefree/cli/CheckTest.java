package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.testkit.platform.TestBroker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code wf check}, with a real broker. */
class CheckTest extends ScriptedPlatformTest {

  @BeforeEach
  void allIsWell() {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    launch.answer("GET /launches?limit=1", 200, "{\"launches\":[]}");
    for (ScriptedService service : new ScriptedService[] {launch, monitor, checkpoint, cost}) {
      service.answer("GET /q/health/ready", 200, "{\"status\":\"UP\"}");
      if (service != monitor) {
        service.answer("GET /checks", 200, "{\"checks\":[]}");
      }
    }
  }

  @Test
  void mergesWhatAllSayAndEndsWellWhereNothingFailed() {
    monitor.answer(
        "GET /checks",
        200,
        """
        {"checks":[{"name":"skypilot","status":"ok","detail":"API version 57"},
                   {"name":"aws","status":"unknown","detail":"not asked","advice":"sky check aws"}]}
        """);
    assertThat(wf("check")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("you +token +ok +may launch, and cancel your own runs")
        .containsPattern("kafka +reachable +ok +" + TestBroker.bootstrapServers())
        .containsPattern("kafka +topics +ok +all 8 are there")
        .containsPattern("launch-service +ready +ok")
        .containsPattern("monitor-service +skypilot +ok +API version 57")
        .containsPattern("monitor-service +aws +unknown +not asked\n  -> sky check aws\n")
        .contains("8 ok, 0 failed, 1 unknown");
  }

  @Test
  void endsBadlyWhereOneFailedAndSaysWhatToDo() {
    monitor.answer(
        "GET /checks",
        200,
        """
        {"checks":[{"name":"wandb-key","status":"failed","detail":"refused",
                    "advice":"Set WANDB_API_KEY."}]}
        """);
    assertThat(wf("check")).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(out.toString())
        .containsPattern("wandb-key +failed +refused\n  -> Set WANDB_API_KEY.\n")
        .contains("1 failed");
  }

  @Test
  void aServiceThatIsAwayHasFailedAndTheOthersAreStillTold() {
    cost.close();
    monitor.answer("GET /checks", 200, "{\"checks\":[]}");
    assertThat(wf("check")).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(out.toString())
        .containsPattern("cost-service +checks +failed +cannot reach cost-service")
        .containsPattern("checkpoint-service +ready +ok");
  }

  @Test
  void aTokenThatIsNotTakenHasFailed() {
    launch.close();
    environment.put("WF_LAUNCH_URL", monitor.url());
    monitor
        .answer("GET /launches?limit=1", 401, "{}")
        .answer("GET /checks", 200, "{\"checks\":[]}");
    assertThat(wf("check")).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(out.toString()).contains("Set WF_TOKEN or WF_TOKEN_FILE");
  }

  @Test
  void aViewerIsToldThatItMayOnlyLook() {
    launch.answer("DELETE /launches/-", 403, "{}");
    monitor.answer("GET /checks", 200, "{\"checks\":[]}");
    assertThat(wf("check")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("token +unknown +may look, not launch or cancel");
  }

  @Test
  void kafkaOutOfReachIsUnknownHere() {
    environment.put("WF_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    monitor.answer("GET /checks", 200, "{\"checks\":[]}");
    assertThat(wf("check")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("kafka +reachable +unknown");
  }
}
