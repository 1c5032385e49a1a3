package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WfTest extends ScriptedPlatformTest {

  @Test
  void launchesWithOverridesKeptAsAList() throws Exception {
    launch.answer("POST /launches", 202, "{\"runId\":\"my-run\",\"status\":\"requested\"}");

    int code =
        wf(
            "fairy2",
            "-m",
            "smollm2_135m",
            "--mode",
            "w1",
            "--scale",
            "large",
            "--budget",
            "20",
            "--cloud",
            "gcp/us-east4",
            "training.batch_size=4",
            "+note=a b;$(c)");

    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Launched my-run\n").contains("wf logs my-run -f");
    JsonNode body = json(launch.requests().getFirst().substring("POST /launches ".length()));
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"template":"fairy2_train","model":"smollm2_135m","mode":"w1","scale":"large",
                 "budget":{"limit":{"amount":"20","currency":"USD"},"action":"alert"},
                 "overrides":["training.batch_size=4","+note=a b;$(c)"],
                 "clouds":[{"cloud":"gcp","region":"us-east4"}]}
                """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--dryrun", "--gpus=8", "-x"})
  void anUnknownFlagIsAnErrorAndNeverAnOverride(String flag) {
    assertThat(wf("fairy2", "-m", "smollm2_135m", flag)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(flag.replaceAll("=.*", "")).endsWith("--help\n");
    assertThat(launch.requests()).isEmpty();
  }

  @Test
  void aRejectedLaunchSaysWhichFieldIsWrong() {
    launch.answer(
        "POST /launches",
        422,
        """
        {"title":"Unprocessable","status":422,
         "violations":[{"field":"model","code":"unknown-model","message":"no such model"}]}
        """);
    assertThat(wf("fairy2", "-m", "gpt5")).isEqualTo(ExitCode.REJECTED);
    assertThat(err.toString()).isEqualTo("wf: model: no such model\n");
  }

  @ParameterizedTest
  @CsvSource({"SUCCEEDED,0", "FAILED,10", "FAILED_NO_RESOURCE,10", "CANCELLED,11"})
  void noDetachEndsWithTheRunsOwnOutcome(String end, int exitCode) {
    launch
        .answer("POST /launches", 202, "{\"runId\":\"my-run\"}")
        .answer("GET /launches/my-run", 404, "{}")
        .answer("GET /launches/my-run", 200, LAUNCH.formatted("accepted"))
        .answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor
        .answer("GET /jobs/my-run", 404, "{}")
        .answer("GET /jobs/my-run", 200, "{\"runId\":\"my-run\",\"history\":[]}")
        .answer("GET /jobs/my-run", 200, JOB.formatted("RUNNING"))
        .answer("GET /jobs/my-run", 200, JOB.formatted("RECOVERING"))
        .answer("GET /jobs/my-run", 200, JOB.formatted(end));
    cost.answer("GET /costs/my-run", 200, COST);

    assertThat(wf("fairy2", "-m", "smollm2_135m", "--no-detach")).isEqualTo(exitCode);
    assertThat(out.toString()).containsSubsequence("submitted", "RUNNING", "RECOVERING", end);
    assertThat(out.toString() + err).contains("It cost $6.13.");
  }

  @Test
  void noDetachTellsALaunchThatFailedBeforeThereWasAJob() {
    launch
        .answer("POST /launches", 202, "{\"runId\":\"my-run\"}")
        .answer(
            "GET /launches/my-run",
            200,
            "{\"runId\":\"my-run\",\"status\":\"failed\",\"failure\":{\"code\":\"x\",\"message\":\"refused\"}}");
    assertThat(wf("fairy2", "-m", "smollm2_135m", "--no-detach")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(err.toString()).isEqualTo("The run failed: refused\n");
  }

  @Test
  void runsLineUpInATable() {
    launch.answer("GET /launches?limit=10", 200, list("launches", LAUNCH.formatted("submitted")));
    monitor.answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("RUNNING")));
    cost.answer("GET /costs?limit=100", 200, list("costs", COST));

    assertThat(wf("runs")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .isEqualTo(
            """
            RUN     NAME             STATE    GPUS    WHERE             REQUESTED   COST
            my-run  wf-fairy2-train  RUNNING  H100:4  nebius/eu-north1  1h 00m ago  $6.13
            """);
  }

  @Test
  void runsAsJsonAreTheServicesOwnAnswers() throws Exception {
    launch.answer("GET /launches?limit=3", 200, list("launches", LAUNCH.formatted("submitted")));
    monitor.answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("RUNNING")));
    cost.answer("GET /costs?limit=100", 200, list("costs", COST));

    assertThat(wf("runs", "-n", "3", "--output", "json")).isEqualTo(ExitCode.OK);
    JsonNode run = json(out.toString()).at("/runs/0");
    assertThat(run.get("launch")).isEqualTo(json(LAUNCH.formatted("submitted")));
    assertThat(run.get("job")).isEqualTo(json(JOB.formatted("RUNNING")));
    assertThat(run.get("cost")).isEqualTo(json(COST));
  }

  @Test
  void showTellsStatesCheckpointsAndCostInOneTimeLine() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor.answer("GET /jobs/my-run", 200, JOB.formatted("RECOVERING"));
    checkpoint.answer(
        "GET /checkpoints?limit=1000&runId=my-run",
        200,
        list(
            "checkpoints",
            "{\"kind\":\"step\",\"step\":1000,\"totalBytes\":807301156,\"revision\":1,"
                + "\"writtenAt\":\"2026-11-23T09:10:00Z\"}"));
    cost.answer("GET /costs/my-run", 200, COST);

    assertThat(wf("show", "my-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsSubsequence(
            "gs://b/fairy2/smollm2_135m/my-run/",
            "requested",
            "accepted",
            "submitted",
            "SkyPilot job 7",
            "RUNNING",
            "checkpoint",
            "step 1000, 769.9 MiB",
            "RECOVERING",
            "the machines were lost",
            "Cost: $6.13, now $3.85 per hour",
            "nebius H100:1",
            "1h 35m",
            "nebius.com/prices, 2026-09-25",
            "more than 30 days old");
  }

  @Test
  void aNameMeansItsOnlyLiveRun() {
    launch
        .answer(
            "GET /launches?limit=1000&name=wf-fairy2-train",
            200,
            list(
                "launches",
                LAUNCH.formatted("submitted"),
                LAUNCH.formatted("failed").replace("my-run", "old-run")))
        .answer("DELETE /launches/my-run", 202, "{\"runId\":\"my-run\"}");
    monitor.answer("GET /jobs?limit=1000", 200, list("jobs", JOB.formatted("RUNNING")));

    assertThat(wf("cancel", "wf-fairy2-train")).isEqualTo(ExitCode.OK);
    assertThat(launch.requests()).contains("DELETE /launches/my-run");
    assertThat(out.toString()).contains("Cancellation of my-run is requested.");
  }

  @Test
  void aNameThatSeveralLiveRunsShareCancelsNothingAndListsThem() {
    launch.answer(
        "GET /launches?limit=1000&name=wf-fairy2-train",
        200,
        list(
            "launches",
            LAUNCH.formatted("submitted"),
            LAUNCH.formatted("accepted").replace("my-run", "her-run")));
    monitor.answer("GET /jobs?limit=1000", 200, "{\"jobs\":[]}");

    assertThat(wf("cancel", "wf-fairy2-train")).isEqualTo(ExitCode.AMBIGUOUS);
    assertThat(err.toString()).contains("2 live runs: my-run, her-run.");
    assertThat(launch.requests()).noneMatch(r -> r.startsWith("DELETE"));
  }

  @Test
  void anUnknownRunIsSaidToBeUnknown() {
    launch.answer("GET /launches?limit=1000&name=nope", 200, "{\"launches\":[]}");
    monitor.answer("GET /jobs?limit=1000", 200, "{\"jobs\":[]}");
    assertThat(wf("show", "nope")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err.toString()).isEqualTo("wf: no run is called \"nope\". See: wf runs\n");
  }

  @Test
  void followingLogsWaitsForTheJobToStart() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor
        .answer("GET /jobs/my-run", 200, JOB.formatted("STARTING"))
        .answer("GET /jobs/my-run/logs?follow=true", 409, "{}")
        .answer("GET /jobs/my-run/logs?follow=true", 200, "step 1 loss 5.1\nstep 2 loss 4.9\n");

    assertThat(wf("logs", "my-run", "-f")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("step 1 loss 5.1\nstep 2 loss 4.9\n");
    assertThat(err.toString()).isEqualTo("Waiting for my-run to start …\n");
  }

  @Test
  void logsOfARunThatHasNotStartedSayHowToWait() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor.answer("GET /jobs/my-run/logs?follow=false", 409, "{}");
    assertThat(wf("logs", "my-run")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err.toString()).contains("Wait for it with -f.");
  }

  @Test
  void aLogStreamThatIsCutIsFollowedAgainWhereItWas() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor
        .answer("GET /jobs/my-run", 200, JOB.formatted("RUNNING"))
        .cut("GET /jobs/my-run/logs?follow=true", "step 1\nstep 2\n")
        .answer("GET /jobs/my-run/logs?follow=true&tail=1", 200, "step 2\nstep 3\n");

    assertThat(wf("logs", "my-run", "-f")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("step 1\nstep 2\nstep 3\n");
    assertThat(err.toString()).contains("broke off").hasLineCount(1);
  }

  @Test
  void aLogStreamThatIsCutWithoutFollowingIsAnError() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor
        .answer("GET /jobs/my-run", 200, JOB.formatted("RUNNING"))
        .cut("GET /jobs/my-run/logs?follow=false", "step 1\n");

    assertThat(wf("logs", "my-run")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("broke off; run it again").hasLineCount(1);
  }

  @Test
  void statusNamesWhatIsDownAndWhy() {
    for (ScriptedService well : new ScriptedService[] {launch, monitor, checkpoint}) {
      well.answer("GET /q/health/ready", 200, "{\"status\":\"UP\",\"checks\":[]}");
    }
    cost.answer(
        "GET /q/health/ready",
        503,
        "{\"checks\":[{\"name\":\"database\",\"status\":\"DOWN\",\"data\":{\"why\":\"refused\"}}]}");

    assertThat(wf("status")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(out.toString().lines().toList().get(4))
        .startsWith("cost-service")
        .contains("no")
        .contains("database {\"why\":\"refused\"}");
  }

  @Test
  void aServiceThatIsNotThereIsOneLineWithItsAddress() {
    launch.close();
    assertThat(wf("runs")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString())
        .startsWith("wf: cannot reach launch-service at " + launch.url())
        .endsWith("make up\n")
        .hasLineCount(1);
  }

  @Test
  void anAddressThatIsNoneIsNamedByItsVariable() {
    environment.put("WF_LAUNCH_URL", "localhost:8081");
    assertThat(wf("runs")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("wf: WF_LAUNCH_URL is \"localhost:8081\"");
  }
}
