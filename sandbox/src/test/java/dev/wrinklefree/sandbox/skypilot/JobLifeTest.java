package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobLifeTest {
  private Path state;
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path stateDirectory) throws IOException {
    state = stateDirectory;
    server =
        new SkyPilotServer(
                SkyPilotCalls.quick(state)
                    .withSecret("WANDB_API_KEY", "wandb-secret-value")
                    .withJobVariable("OF_THE_SERVER", "here"))
            .start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aJobRunsSetupThenRunWithItsVariables() throws Exception {
    int job =
        calls.launch(
            """
            name: from-header

            ---

            name: own-name
            resources: {infra: nebius, accelerators: H100:1, disk_size: 200, labels: {team: ml}}
            envs: {NUMBER: 5, FLAG: true, TEXT: plain}
            secrets: {WANDB_API_KEY: null}
            _metadata: {wrinklefree_run_id: run-1}
            setup: touch prepared
            run: |
              ls
              echo "$NUMBER $FLAG $TEXT $OF_THE_SERVER ${#WANDB_API_KEY}"
              echo "$SKYPILOT_MANAGED_JOB_ID $SKYPILOT_NUM_GPUS_PER_NODE $SKYPILOT_TASK_ID"
              echo problem >&2
              echo -n unfinished
            """);

    List<String> log = calls.log(job);

    assertThat(log)
        .anyMatch(line -> line.matches("\\(own-name, pid=\\d+\\) prepared"))
        .anyMatch(line -> line.endsWith(") 5 True plain here 18"))
        .anyMatch(line -> line.matches(".*\\) 1 1 sky-managed-.*_from-header_1-0"))
        .anyMatch(line -> line.endsWith(") problem"))
        .anyMatch(line -> line.endsWith(") unfinished"))
        .last()
        .asString()
        .isEqualTo("✓ Managed job finished: 1 (status: SUCCEEDED).");
    JsonNode row = calls.job(job);
    assertThat(row.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(row.get("job_name").textValue()).isEqualTo("from-header");
    assertThat(row.get("task_name").textValue()).isEqualTo("own-name");
    assertThat(row.get("metadata").get("wrinklefree_run_id").textValue()).isEqualTo("run-1");
    assertThat(row.get("cloud").textValue()).isEqualTo("Nebius");
    assertThat(row.get("region").textValue()).isEqualTo("eu-north1");
    assertThat(row.get("cluster_resources_full").textValue())
        .isEqualTo("1x(gpus=H100:1, cpus=16, mem=200, gpu-h100-sxm_1gpu-16vcpu-200gb, disk=200)");
    assertThat(row.get("accelerators")).hasToString("{\"H100\":1}");
    assertThat(row.get("labels")).hasToString("{\"team\":\"ml\"}");
    assertThat(row.get("end_at").doubleValue())
        .isGreaterThanOrEqualTo(row.get("start_at").doubleValue());
    assertThat(row.get("start_at").doubleValue())
        .isGreaterThan(row.get("submitted_at").doubleValue());
  }

  @Test
  void theValueOfASecretIsNowhereInTheServersAnswersOrFiles() throws Exception {
    int job =
        calls.launch(
            "secrets: {WANDB_API_KEY: null, INLINE: inline-secret-value}\nrun: test -n \"$INLINE\"");
    calls.awaitStatus(job, "SUCCEEDED");

    JsonNode row = calls.job(job);
    assertThat(row.get("user_yaml").textValue())
        .contains("WANDB_API_KEY: <redacted>", "INLINE: <redacted>");
    assertThat(row.toString()).doesNotContain("wandb-secret-value", "inline-secret-value");
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("wandb-secret-value");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain=1",
        "two words",
        "quote'and\"double",
        "$(touch /tmp/x) `id` $HOME ${A}",
        "semi;colon&&ampersand|pipe>file",
        "star*?[a]{b,c}~",
        "back\\slash\\n",
        "tab\tand\nnewline\n",
        "-n",
        "",
        " leading and trailing ",
        "ünïcödé € 漢字 🚀",
        "!history # comment %s"
      })
  void anOverrideReachesTheArgumentVectorUnchanged(String override) throws Exception {
    ObjectNode envs = SkyPilotCalls.MAPPER.createObjectNode();
    envs.put("OVERRIDE_COUNT", "2").put("OVERRIDE_0", override).put("OVERRIDE_1", "last=1");
    // JSON is YAML, so no quoting of this test's own comes between.
    ObjectNode task = SkyPilotCalls.MAPPER.createObjectNode().put("name", "argv");
    task.set("envs", envs);
    task.put(
        "run",
        """
        args=()
        for ((i = 0; i < OVERRIDE_COUNT; i++)); do name="OVERRIDE_$i"; args+=("${!name}"); done
        python3 -c 'import sys, json; print("argv", json.dumps(sys.argv[1:]))' "${args[@]}"
        """);

    List<String> log = calls.log(calls.launch(task.toString()));

    String argv = log.stream().filter(line -> line.contains(") argv ")).findFirst().orElseThrow();
    JsonNode arguments = SkyPilotCalls.MAPPER.readTree(argv.substring(argv.indexOf(") argv ") + 7));
    assertThat(arguments).hasSize(2);
    assertThat(arguments.get(0).textValue()).isEqualTo(override);
    assertThat(arguments.get(1).textValue()).isEqualTo("last=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "run: exit 3 | FAILED | Job exited with exit code 3 (user program failure)",
        "{setup: exit 4, run: echo} | FAILED_SETUP | Job failed (FAILED_SETUP) (user program failure)",
        "{resources: {cloud: moon}, run: echo} | FAILED_PRECHECKS | 'moon' is not a valid cloud",
        "{resources: {infra: azure}, run: echo} | FAILED_PRECHECKS | Catalog does not contain",
        "{resources: {infra: nebius, accelerators: 'H100:2'}, run: echo} | FAILED_PRECHECKS | Catalog",
        "{resources: {infra: aws, accelerators: 'H100:1', use_spot: true}, run: echo} | FAILED_PRECHECKS | Catalog",
        "{name: 7up, run: echo} | FAILED_PRECHECKS | InvalidClusterNameError",
        "run: kill -9 $$ | FAILED | exit code 137"
      })
  void aFailureHasItsOwnStatusAndReason(String yaml, String status, String reason)
      throws Exception {
    int job = calls.launch(yaml);

    JsonNode row = calls.awaitStatus(job, status);

    assertThat(row.get("failure_reason").textValue()).contains(reason);
    assertThat(row.get("schedule_state").textValue()).isEqualTo("DONE");
    assertThat(row.get("end_at").isNumber()).isTrue();
  }

  @Test
  void theFirstCandidateThatIsSoldIsTaken() throws Exception {
    int job =
        calls.launch(
            """
            resources:
              use_spot: true
              disk_size: 200
              ordered:
                - {infra: nebius, accelerators: "H100:2"}
                - {infra: gcp, accelerators: "H100:2"}
                - {infra: aws, accelerators: "H100:8"}
            run: echo
            """);

    JsonNode row = calls.awaitStatus(job, "SUCCEEDED");

    assertThat(row.get("cluster_resources").textValue())
        .isEqualTo("1x[spot](gpus=H100:2, a3-highgpu-2g, ...)");
    assertThat(row.get("resources").textValue()).isEqualTo("1x[H100:2][Spot]");
    assertThat(row.get("infra").textValue()).isEqualTo("GCP (us-east4)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{rum: echo} | InvalidSkyPilotConfigError | 'rum' was unexpected",
        "{resources: {gpus: 1}} | InvalidSkyPilotConfigError | 'gpus' was unexpected",
        "{envs: {A: null}} | ValueError | 'A' is None",
        "{secrets: {MISSING: null}} | ValueError | 'MISSING' is None",
        "{resources: {priority: 1001}} | ValueError | Priority",
        "{workdir: ., run: echo} | NotSupportedError | workdir",
        "{num_nodes: 2, run: echo} | NotSupportedError | one node",
        "[ | ValueError | Invalid task YAML"
      })
  void aBadTaskFailsTheRequestAndMakesNoJob(String yaml, String type, String message)
      throws Exception {
    JsonNode error =
        calls.error("/jobs/launch", SkyPilotCalls.body().put("task", yaml).putNull("name"));

    assertThat(error.get("type").textValue()).isEqualTo(type);
    assertThat(error.get("message").textValue()).contains(message);
    assertThat(
            calls.value("/jobs/queue/v2", SkyPilotCalls.body()).get("total_no_filter").intValue())
        .isZero();
  }

  @Test
  void cancellingARunningJobKillsWhatItStarted() throws Exception {
    int job = calls.launch("run: 'sleep 1000 & echo child $!; wait'");
    long child = childOf(job);

    calls.cancel(job);

    JsonNode row = calls.awaitStatus(job, "CANCELLED");
    assertThat(row.get("end_at").isNumber()).isTrue();
    awaitDeath(child);
    assertThat(calls.log(job)).last().asString().contains("status: CANCELLED");
  }

  @Test
  void aJobCancelledWhileWaitingHasNoTimes() throws Exception {
    server.close();
    JobTimings slowQueue =
        new JobTimings(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    server = new SkyPilotServer(SkyPilotCalls.quick(state).withTimings(slowQueue)).start();
    calls = new SkyPilotCalls(server);
    int job = calls.launch("run: echo");
    assertThat(calls.status(job)).isEqualTo("PENDING");
    assertThat(calls.job(job).get("cloud").textValue()).isEqualTo("-");

    calls.cancel(job);

    JsonNode row = calls.awaitStatus(job, "CANCELLED");
    assertThat(row.get("end_at").isNull()).isTrue();
    assertThat(row.get("submitted_at").isNull()).isTrue();
    assertThat(row.get("last_recovered_at").intValue()).isEqualTo(-1);
  }

  @Test
  void cancelNeedsOneSelectorAndAnAmbiguousNameCancelsNothing() throws Exception {
    JsonNode error = calls.error("/jobs/cancel", SkyPilotCalls.body());
    assertThat(error.get("type").textValue()).isEqualTo("ValueError");

    int first = calls.launch("{name: twin, run: sleep 1000}");
    int second = calls.launch("{name: twin, run: sleep 1000}");
    calls.awaitStatus(first, "RUNNING");
    calls.awaitStatus(second, "RUNNING");
    assertThat(calls.value("/jobs/cancel", SkyPilotCalls.body().put("name", "twin")).isNull())
        .isTrue();
    assertThat(calls.status(first)).isEqualTo("RUNNING");
    assertThat(calls.status(second)).isEqualTo("RUNNING");

    calls.cancel(first);
    calls.awaitStatus(first, "CANCELLED");
    assertThat(calls.value("/jobs/cancel", SkyPilotCalls.body().put("name", "twin")).isNull())
        .isTrue();
    calls.awaitStatus(second, "CANCELLED");
  }

  @Test
  void aPreemptedJobRunsAgainOnAFreshMachine() throws Exception {
    int job =
        calls.launch(
            """
            run: |
              ls
              if [[ -e left-behind ]]; then echo "machine is not fresh"; fi
              touch left-behind
              sleep 1000 & echo child $!
              wait
            """);
    long child = childOf(job);
    double firstStart = calls.job(job).get("start_at").doubleValue();

    HttpResponse<String> preempted = preempt(job);

    assertThat(preempted.statusCode()).isEqualTo(200);
    awaitDeath(child);
    JsonNode row = calls.awaitStatus(job, "RUNNING");
    assertThat(row.get("recovery_count").intValue()).isEqualTo(1);
    assertThat(row.get("last_recovered_at").doubleValue()).isGreaterThan(firstStart);
    assertThat(row.get("start_at").doubleValue()).isEqualTo(firstStart);
    long second = awaitChild(job, child);
    assertThat(second).isNotEqualTo(child);
    calls.cancel(job);
    assertThat(calls.log(job))
        .contains("The job cluster is preempted or failed.")
        .noneMatch(line -> line.contains("machine is not fresh"));
  }

  @Test
  void aRecoveringJobIsSeenInThatState() throws Exception {
    server.close();
    JobTimings slowRecovery =
        new JobTimings(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5), Duration.ZERO);
    server = new SkyPilotServer(SkyPilotCalls.quick(state).withTimings(slowRecovery)).start();
    calls = new SkyPilotCalls(server);
    int job = calls.launch("run: sleep 1000");
    calls.awaitStatus(job, "RUNNING");

    preempt(job);

    JsonNode row = calls.job(job);
    assertThat(row.get("status").textValue()).isEqualTo("RECOVERING");
    assertThat(row.get("recovery_count").intValue()).isZero();
    double duration = row.get("job_duration").doubleValue();
    assertThat(calls.job(job).get("job_duration").doubleValue()).isEqualTo(duration);
    assertThat(preempt(job).statusCode()).isEqualTo(409);
    assertThat(preempt(99).statusCode()).isEqualTo(404);
    calls.cancel(job);
    calls.awaitStatus(job, "CANCELLED");
    assertThat(preempt(job).statusCode()).isEqualTo(409);
  }

  @Test
  void aJobThatMayRestartOnErrorsDoesSoAndThenFails() throws Exception {
    int job = calls.launch("{resources: {job_recovery: {max_restarts_on_errors: 2}}, run: exit 1}");

    JsonNode row = calls.awaitStatus(job, "FAILED");

    assertThat(row.get("recovery_count").intValue()).isEqualTo(2);
  }

  @Test
  void whatAJobLeavesRunningEndsWithIt() throws Exception {
    int job = calls.launch("run: 'sleep 1000 >/dev/null 2>&1 & echo child $!'");
    calls.awaitStatus(job, "SUCCEEDED");

    awaitDeath(childOf(job));
    assertThat(state.resolve("jobs/1/machine")).doesNotExist();
  }

  private HttpResponse<String> preempt(int job) throws IOException, InterruptedException {
    return calls.post(
        "/sandbox/preempt", SkyPilotCalls.MAPPER.createObjectNode().put("job_id", job));
  }

  private long childOf(int job) {
    return awaitChild(job, -1);
  }

  /** Waits for a line {@code child <pid>} with another pid than a known one. */
  private long awaitChild(int job, long known) {
    return await()
        .atMost(SkyPilotCalls.PATIENCE)
        .until(
            () ->
                calls
                    .logLines(SkyPilotCalls.body().put("job_id", job).put("follow", false))
                    .stream()
                    .filter(line -> line.contains(") child "))
                    .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .filter(pid -> pid != known)
                    .reduce((first, last) -> last),
            Optional::isPresent)
        .orElseThrow();
  }

  static void awaitDeath(long pid) {
    await()
        .atMost(SkyPilotCalls.PATIENCE)
        .untilAsserted(() -> assertThat(Processes.alive(pid)).isFalse());
  }
}
