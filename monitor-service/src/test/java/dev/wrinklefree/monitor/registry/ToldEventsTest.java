package dev.wrinklefree.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.state.Told;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldEventsTest {

  private final ToldEvents told = new ToldEvents();

  @Test
  void anEventThatIsStillTheSameIsNotParsedAgain() {
    JobStateChanged first = read("one", json("one", JobState.RUNNING));

    assertThat(read("one", json("one", JobState.RUNNING))).isSameAs(first);
  }

  @Test
  void anotherEventOfTheRunIsParsed() {
    read("one", json("one", JobState.RUNNING));

    assertThat(read("one", json("one", JobState.RECOVERING)).state())
        .isEqualTo(JobState.RECOVERING);
  }

  @Test
  void aRunThatIsNoLongerWatchedIsForgotten() {
    JobStateChanged first = read("one", json("one", JobState.RUNNING));
    read("two", json("two", JobState.RUNNING));

    assertThat(read("one", json("one", JobState.RUNNING))).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void aRunThatNothingWasToldOfHasNoEvent() {
    assertThat(told.read(List.of(row("one", null))))
        .singleElement()
        .extracting(RecordedJob::told)
        .isNull();
  }

  @Test
  void whatCannotBeReadIsNoEvent() {
    assertThatThrownBy(() -> read("one", "{")).isInstanceOf(IllegalStateException.class);
  }

  private JobStateChanged read(String run, String json) {
    Told event = told.read(List.of(row(run, json))).getFirst().told();
    return Objects.requireNonNull(event).data();
  }

  private static RunEntity row(String run, @Nullable String json) {
    RunEntity row = new RunEntity();
    row.runId = run;
    row.told = json;
    row.toldAt = json == null ? null : Instant.EPOCH;
    return row;
  }

  private static String json(String run, JobState state) {
    return RecordedJobs.json(
        new JobStateChanged(
            new RunId(run),
            7L,
            state,
            JobState.STARTING,
            null,
            null,
            1,
            0,
            null,
            null,
            null,
            null));
  }
}
