package dev.wrinklefree.launch.run;

import static dev.wrinklefree.skypilot.jobs.ManagedJobStatus.RUNNING;
import static dev.wrinklefree.skypilot.jobs.ManagedJobStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.JobRecords;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunJobsTest {

  private static final RunId RUN = new RunId("my-run");
  private static final Map<String, String> OURS = Map.of("wrinklefree_run_id", "my-run");
  private static final Map<String, String> OTHERS = Map.of("wrinklefree_run_id", "another");

  @Test
  void onlyJobsOfExactlyThisRunCountOldestFirst() {
    List<JobRecord> rows =
        List.of(
            JobRecords.of(9, "my-run", RUNNING, OURS),
            JobRecords.of(8, "my-run-2", RUNNING),
            JobRecords.of(7, "my-run", RUNNING, OTHERS),
            JobRecords.of(6, "my-run", RUNNING),
            JobRecords.of(6, "my-run", RUNNING));

    assertThat(RunJobs.named(RUN, rows)).containsExactly(6L, 9L);
  }

  @Test
  void onlyLiveJobsWithBothMarksMayBeCancelled() {
    List<JobRecord> rows =
        List.of(
            JobRecords.of(9, "my-run", RUNNING, OURS),
            JobRecords.of(8, "my-run-2", RUNNING, OURS),
            JobRecords.of(7, "my-run", RUNNING, OTHERS),
            JobRecords.of(6, "my-run", RUNNING),
            JobRecords.of(5, "my-run", SUCCEEDED, OURS),
            JobRecords.of(4, "my-run", SUCCEEDED, OURS),
            JobRecords.of(4, "my-run", RUNNING, OURS));

    assertThat(RunJobs.live(RUN, rows)).containsExactly(4L, 9L);
  }
}
