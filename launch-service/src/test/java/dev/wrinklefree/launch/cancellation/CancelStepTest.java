package dev.wrinklefree.launch.cancellation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.JobRecords;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelStepTest {

  private static final RunId RUN = new RunId("my-run");

  @ParameterizedTest
  @EnumSource(ManagedJobStatus.class)
  void aJobIsCancelledUntilItHasEnded(ManagedJobStatus status) {
    CancelStep expected =
        status == ManagedJobStatus.CANCELLED
            ? CancelStep.CANCELLED
            : status.isTerminal() ? CancelStep.ENDED_OTHERWISE : CancelStep.SEND;

    assertThat(CancelStep.of(RUN, List.of(JobRecords.of(7, "my-run", status)))).isEqualTo(expected);
  }

  @Test
  void aJobThatTheQueueDoesNotKnowIsUnknown() {
    assertThat(CancelStep.of(RUN, List.of())).isEqualTo(CancelStep.UNKNOWN);
  }

  @Test
  void anotherJobWithTheSameNumberIsLeftAlone() {
    assertThat(CancelStep.of(RUN, List.of(JobRecords.of(7, "my-run-2", ManagedJobStatus.RUNNING))))
        .isEqualTo(CancelStep.NOT_OURS);
  }

  @Test
  void aJobThatIsMarkedAsAnotherRunsIsLeftAlone() {
    assertThat(
            CancelStep.of(
                RUN,
                List.of(
                    JobRecords.of(
                        7,
                        "my-run",
                        ManagedJobStatus.RUNNING,
                        Map.of("wrinklefree_run_id", "another")))))
        .isEqualTo(CancelStep.NOT_OURS);
  }
}
