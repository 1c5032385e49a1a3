package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that look at runs. */
class LooksTest extends ScriptedPlatformTest {

  private static final String ALERT =
      """
      {"runId":"my-run","code":"no-progress","status":"raised","severity":"critical",
       "message":"No step for 12 minutes.","suggestion":"Look at wf logs my-run.",
       "evidence":{"step":"1200"},"raisedAt":"2026-11-23T09:40:00Z"}
      """;
  private static final String PROGRESS =
      """
      {"runId":"my-run","step":1200,"loss":3.21512,"learningRate":0.0001,"tokens":9830400,
       "percentComplete":12.0,"nonFinite":[],"wandbState":"running",
       "heartbeatAt":"2026-11-23T09:59:30Z","url":"https://wandb.ai/team/wrinklefree-fairy2/runs/my-run"}
      """;
  private static final String RICH_COST =
      """
      {"runId":"my-run","pricing":"known","spent":{"amount":"6.125","currency":"USD"},
       "perHour":{"amount":"3.85","currency":"USD"},"stalePrice":false,"intervals":[],
       "atRisk":{"amount":"0.52","currency":"USD"},"lost":{"amount":"1.10","currency":"USD"},
       "forecast":{"amount":"9.00","currency":"USD"},
       "quote":{"total":{"amount":"7.70","currency":"USD"},
                "perHour":{"amount":"3.85","currency":"USD"},"hours":"2","hoursSource":"measured",
                "cloud":"nebius","spot":false,"priceSource":"book","priceDate":"2026-11-20",
                "stale":false},
       "budget":{"limit":{"amount":"5","currency":"USD"},"action":"alert","level":"passed",
                 "overshoot":{"amount":"1.125","currency":"USD"}},
       "unitCosts":{"checkpoints":2,"perCheckpoint":{"amount":"3.0625","currency":"USD"}},
       "advice":{"intervalSeconds":3600,"advisedSeconds":900,"saveSeconds":30,
                 "meanSecondsBetweenLosses":13500,"lossRateSource":"seen",
                 "wastedPerHour":{"amount":"0.40","currency":"USD"}}}
      """;

  @BeforeEach
  void aRun() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor.answer("GET /jobs/my-run", 200, JOB.formatted("RUNNING"));
  }

  @Test
  void showTellsTrainingAlertsAndAllTheMoney() {
    checkpoint.answer("GET /checkpoints?limit=1000&runId=my-run", 200, "{\"checkpoints\":[]}");
    monitor.answer("GET /progress/my-run", 200, PROGRESS);
    monitor.answer("GET /alerts?limit=100&runId=my-run", 200, list("alerts", ALERT));
    cost.answer("GET /costs/my-run", 200, RICH_COST);
    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains(
            "2026-11-23 09:40:00  alert       no-progress: No step for 12 minutes.",
            "Training: step 1200, 12.0 %, loss 3.2151, lr 1.00e-04, 9,830,400 tokens (W&B heard of"
                + " it 30s ago)",
            "https://wandb.ai/team/wrinklefree-fairy2/runs/my-run",
            "Alert no-progress: No step for 12 minutes.",
            "  Look at wf logs my-run.",
            "At risk: $0.52 would be lost",
            "Lost: $1.10 went away with machines.",
            "Forecast: $9.00",
            "Quoted: $7.70 for 2 h (measured) at $3.85/h on nebius (book, 2026-11-20).",
            "Budget: passed $5.00, over by $1.13; when passed: alert.",
            "Bought: $3.06 per checkpoint.",
            "Advice: a checkpoint every 15m 00s (now every 1h 00m): that would save $0.40 per"
                + " hour.");
  }

  @Test
  void theLatestCheckpointIsItsAddressAlone() {
    checkpoint.answer("GET /checkpoints/my-run/latest", 200, "{\"uri\":\"gs://b/p/c-2/\"}");
    assertThat(wf("checkpoints", "my-run", "--latest")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("gs://b/p/c-2/\n");
  }

  @Test
  void aRunWithoutACheckpointHasNoLatest() {
    assertThat(wf("checkpoints", "my-run", "--latest")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err.toString()).isEqualTo("wf: my-run has no complete checkpoint yet\n");
  }

  @Test
  void checkpointsOfARunAreListed() {
    checkpoint.answer(
        "GET /checkpoints?limit=20&runId=my-run",
        200,
        list(
            "checkpoints",
            "{\"runId\":\"my-run\",\"kind\":\"final\",\"totalBytes\":2048,\"revision\":2,"
                + "\"uri\":\"gs://b/p/f/\",\"writtenAt\":\"2026-11-23T09:59:00Z\"}"));
    assertThat(wf("checkpoints", "my-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("my-run +final +1m 00s ago +2.0 KiB +2 +gs://b/p/f/");
  }

  @Test
  void costsOfAllRunsLineUp() {
    cost.answer("GET /costs?limit=20", 200, list("costs", RICH_COST));
    assertThat(wf("cost")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern("my-run +\\$6.13 +\\$3.85 +\\$0.52 +\\$1.10 +\\$9.00 +passed \\$5.00");
  }

  @Test
  void whatIfTellsTheDifference() {
    cost.answer(
        "GET /costs/my-run/what-if",
        200,
        """
        {"runId":"my-run","offers":[{"cloud":"gcp","accelerators":{"type":"H100","count":1},
         "spot":true,"perHour":{"amount":"1.25","currency":"USD"},
         "total":{"amount":"1.99","currency":"USD"},
         "difference":{"amount":"-4.14","currency":"USD"},"priceSource":"book","stale":false}]}
        """);
    assertThat(wf("cost", "my-run", "--what-if")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("gcp .* spot +\\$1.25 +\\$1.99 +-\\$4.14 +book");
  }

  @Test
  void wandbStatusTellsWhatWasLoggedLast() {
    monitor.answer(
        "GET /progress?limit=5&project=wrinklefree-fairy2", 200, list("progress", PROGRESS));
    assertThat(wf("wandb-status", "-p", "wrinklefree-fairy2", "-e", "team")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualTo(
            """
            my-run
               State: running
               URL: https://wandb.ai/team/wrinklefree-fairy2/runs/my-run
               Step: 1200 | Loss: 3.2151 | LR: 1.00e-04
               Tokens: 9,830,400
               Last heartbeat: 30s ago
            """);
  }

  @Test
  void wandbStatusLeavesOutOtherEntitiesAndSaysNaNAloud() {
    monitor.answer(
        "GET /progress?limit=5",
        200,
        list(
            "progress",
            PROGRESS.replace("/team/", "/others/"),
            "{\"runId\":\"bad-run\",\"nonFinite\":[\"loss\"],\"wandbState\":\"running\","
                + "\"url\":\"https://wandb.ai/team/p/runs/bad-run\"}"));
    assertThat(wf("wandb-status", "-e", "team")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("bad-run", "Step: - | Loss: NaN | LR: -");
    assertThat(out.toString()).doesNotContain("my-run");
  }

  @Test
  void openAlertsOfAllServicesAreMergedWithWhatToDo() {
    monitor.answer("GET /alerts?open=true&limit=20", 200, list("alerts", ALERT));
    cost.answer(
        "GET /alerts?open=true&limit=20",
        200,
        list(
            "alerts", ALERT.replace("no-progress", "budget-near").replace("09:40:00", "09:50:00")));
    checkpoint.answer("GET /alerts?open=true&limit=20", 200, "{\"alerts\":[]}");
    assertThat(wf("alerts")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsSubsequence("budget-near", "no-progress")
        .contains("my-run, no-progress: Look at wf logs my-run.");
  }

  @Test
  void noAlertIsSaid() {
    assertThat(wf("alerts")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("There is no open alert.\n");
  }

  @Test
  void cancelTakesSeveralAndAReasonAndNoneIfOneIsWrong() {
    launch.answer(
        "GET /launches/b-run", 200, LAUNCH.formatted("failed").replace("my-run", "b-run"));
    assertThat(wf("cancel", "my-run", "b-run")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(launch.requests()).noneMatch(request -> request.startsWith("DELETE"));

    launch.answer(
        "GET /launches/c-run", 200, LAUNCH.formatted("accepted").replace("my-run", "c-run"));
    launch.answer("DELETE /launches/my-run?reason=too%20dear", 202, "{\"runId\":\"my-run\"}");
    launch.answer("DELETE /launches/c-run?reason=too%20dear", 202, "{\"runId\":\"c-run\"}");
    assertThat(wf("cancel", "my-run", "c-run", "--reason", "too dear")).isEqualTo(ExitCode.OK);
    assertThat(launch.requests()).filteredOn(r -> r.startsWith("DELETE")).hasSize(2);
  }
}
