package dev.wrinklefree.monitor.observation;

import static dev.wrinklefree.monitor.observation.JobHolder.NOT_READ;
import static dev.wrinklefree.monitor.observation.JobHolder.NOT_THE_RUN;
import static dev.wrinklefree.monitor.observation.JobHolder.THE_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobHolderTest {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId STRANGER = new RunId("run-2");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(3600);
  private static final Rows JOB = Rows.of(RUN, 7, "RUNNING").at(BEFORE, null, null, null);

  @Test
  void jobIsTheRunsWhoseNameAndMetadataItBears() {
    assertThat(holder(true, JOB)).isEqualTo(THE_RUN);
    assertThat(holder(false, JOB)).as("what did come is true").isEqualTo(THE_RUN);
    assertThat(holder(true, JOB.at(NOW, null, null, null))).as("launched anew").isEqualTo(THE_RUN);
  }

  @Test
  void numberThatWentToAnotherIsNotTheRuns() {
    assertThat(holder(true, Rows.of(STRANGER, 7, "RUNNING"))).isEqualTo(NOT_THE_RUN);
    assertThat(holder(true, JOB.metadata(Map.of("wrinklefree_run_id", "run-2"))))
        .as("a name alone proves nothing")
        .isEqualTo(NOT_THE_RUN);
    assertThat(holder(true, JOB.named("mine"))).isEqualTo(NOT_THE_RUN);
    assertThat(holder(true)).as("gone").isEqualTo(NOT_THE_RUN);
  }

  @Test
  void withoutMetadataTheTimeOfSubmissionDecides() {
    Rows bare = JOB.metadata(Map.of());

    assertThat(holder(true, bare)).isEqualTo(THE_RUN);
    assertThat(holder(true, bare.at(NOW, null, null, null))).isEqualTo(NOT_THE_RUN);
  }

  @Test
  void readingThatLacksTheRowTellsNothingUnlessItIsWhole() {
    assertThat(holder(false)).isEqualTo(NOT_READ);
    assertThat(holder(false, Rows.of(STRANGER, 8, "RUNNING"))).isEqualTo(NOT_READ);
  }

  private static JobHolder holder(boolean complete, Rows... rows) {
    JobTimes times = new JobTimes(BEFORE, null, null, null);
    RecordedJob run = new RecordedJob(RUN, 7L, true, null, 0, times, BEFORE, null, null);
    return JobHolder.of(
        run, 7, Reading.answered(NOW, Arrays.stream(rows).map(Rows::row).toList(), complete));
  }
}
