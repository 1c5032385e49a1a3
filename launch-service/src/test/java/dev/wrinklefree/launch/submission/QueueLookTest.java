package dev.wrinklefree.launch.submission;

import static dev.wrinklefree.skypilot.jobs.ManagedJobStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.JobRecords;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueLookTest {

  @Test
  void onlyJobsOfExactlyThisRunCountOldestFirst() {
    QueuePage page =
        new QueuePage(
            List.of(
                JobRecords.of(9, "my-run", RUNNING, Map.of("wrinklefree_run_id", "my-run")),
                JobRecords.of(8, "my-run-2", RUNNING),
                JobRecords.of(7, "my-run", RUNNING, Map.of("wrinklefree_run_id", "another")),
                JobRecords.of(6, "my-run", RUNNING),
                JobRecords.of(6, "my-run", RUNNING)),
            5,
            5,
            Map.of(),
            0);

    assertThat(QueueLook.jobsOf(new RunId("my-run"), page)).containsExactly(6L, 9L);
  }
}
