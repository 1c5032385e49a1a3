package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.testkit.ContractConsumer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wf runs}: filters, gaps and watching. */
class RunsTest extends ScriptedPlatformTest {

  @ParameterizedTest
  @CsvSource({
    "--state live,             my-run",
    "--state RUNNING,          my-run",
    "--state running,          my-run",
    "--state ended,            old-run",
    "--state failed,           old-run",
    "'--state live,ended',     'my-run,old-run'",
    "--model qwen3_4b,         old-run",
    "--owner ada,              old-run",
    "--since 90m,              my-run",
    "--since 2026-11-22T00:00:00Z, 'my-run,old-run'",
    "-n 1 --state live,        my-run",
    "--all,                    'my-run,old-run'",
  })
  void filtersShowOnlyWhatIsWanted(String options, String runs) {
    String limit = "GET /launches?limit=1000";
    launch.answer(
        limit,
        200,
        list(
            "launches",
            LAUNCH.formatted("submitted"),
            LAUNCH
                .formatted("failed")
                .replace("my-run", "old-run")
                .replace("smollm2_135m", "qwen3_4b")
                .replace("T09:00:00Z", "T01:00:00Z")
                .replace("{\"runId\"", "{\"owner\":\"ada\",\"runId\"")));
    monitor.answer("GET /jobs?limit=1000", 200, list("jobs", JOB.formatted("RUNNING")));
    cost.answer("GET /costs?limit=1000", 200, "{\"costs\":[]}");

    assertThat(wf(("runs " + options).split(" "))).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines().skip(1).map(line -> line.replaceFirst(" .*", "")))
        .containsExactly(runs.split(","));
  }

  @Test
  void theServiceItselfFiltersByName() {
    launch.answer(
        "GET /launches?limit=10&name=wf%20x", 200, list("launches", LAUNCH.formatted("accepted")));
    monitor.answer("GET /jobs?limit=100", 200, "{\"jobs\":[]}");
    cost.answer("GET /costs?limit=100", 200, "{\"costs\":[]}");
    assertThat(wf("runs", "--name", "wf x")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("my-run");
  }

  @Test
  void aServiceThatIsAwayLeavesItsColumnsEmptyAndSaysSo() {
    launch.answer("GET /launches?limit=10", 200, list("launches", LAUNCH.formatted("submitted")));
    monitor.answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("RUNNING")));
    cost.close();
    assertThat(wf("runs")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(out.toString()).containsPattern("my-run +wf-fairy2-train +RUNNING .* -\n");
    assertThat(err.toString()).contains("cannot reach cost-service").hasLineCount(1);
  }

  @Test
  void aRunThatTheListIsTooShortForIsAskedForByItself() {
    String[] others = new String[100];
    for (int i = 0; i < others.length; i++) {
      others[i] = "{\"runId\":\"other-" + i + "\",\"state\":\"RUNNING\"}";
    }
    launch.answer("GET /launches?limit=10", 200, list("launches", LAUNCH.formatted("submitted")));
    monitor.answer("GET /jobs?limit=100", 200, list("jobs", others));
    monitor.answer("GET /jobs/my-run", 200, JOB.formatted("SUCCEEDED"));
    cost.answer("GET /costs?limit=100", 200, "{\"costs\":[]}");
    assertThat(wf("runs")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("SUCCEEDED");
  }

  @Test
  void watchingPrintsALineForEachChange() throws InterruptedException {
    launch.answer("GET /launches?limit=10", 200, list("launches", LAUNCH.formatted("submitted")));
    monitor
        .answer("GET /jobs?limit=100", 200, "{\"jobs\":[]}")
        .answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("RUNNING")))
        .answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("RUNNING")))
        .answer("GET /jobs?limit=100", 200, list("jobs", JOB.formatted("SUCCEEDED")));
    cost.answer("GET /costs?limit=100", 200, list("costs", COST));

    Thread watcher = Thread.ofPlatform().start(() -> wf("runs", "--watch"));
    await().atMost(ContractConsumer.PATIENCE).until(() -> out.toString().contains("SUCCEEDED"));
    int shown = out.toString().lines().toList().size();
    AtomicInteger asked = new AtomicInteger(monitor.requests().size());
    await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> monitor.requests().size() > asked.get() + 3);
    watcher.interrupt();
    watcher.join();
    assertThat(out.toString().lines().map(line -> line.replaceFirst("\\S+ +\\S+ +(\\S+).*", "$1")))
        .as("each change once, and none where nothing changes")
        .containsExactly("submitted", "RUNNING", "SUCCEEDED")
        .hasSize(shown);
  }

  @Test
  void anEventMakesTheWatcherLookAtOnce() throws InterruptedException {
    launch
        .answer("GET /launches?limit=10", 200, list("launches", LAUNCH.formatted("submitted")))
        .answer("GET /launches/events", 200, "id: 1\nevent: x\ndata: {}\n\n");
    monitor.answer("GET /jobs?limit=100", 200, "{\"jobs\":[]}");
    cost.answer("GET /costs?limit=100", 200, "{\"costs\":[]}");
    Thread watcher = Thread.ofPlatform().start(() -> wf("runs", "-w", "-o", "json"));
    await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> launch.requests().contains("GET /launches/events"));
    await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> out.toString().contains("\"state\":\"submitted\""));
    watcher.interrupt();
    watcher.join();
    assertThat(out.toString()).hasLineCount(1);
  }

  @Test
  void aRunAfterRunsIsShown() {
    launch.answer("GET /launches/my-run", 200, LAUNCH.formatted("submitted"));
    monitor.answer("GET /jobs/my-run", 200, JOB.formatted("RUNNING"));
    checkpoint.answer("GET /checkpoints?limit=1000&runId=my-run", 200, "{\"checkpoints\":[]}");
    assertThat(wf("runs", "my-run")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("my-run  smollm2_135m w2 on H100:4");
  }

  @ParameterizedTest
  @CsvSource({"-n 0", "-n 1001", "--since yesterday"})
  void whatCannotBeListedIsRefused(String options) {
    assertThat(wf(("runs " + options).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(launch.requests()).isEmpty();
  }
}
