package dev.wrinklefree.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for every history of readings, however odd SkyPilot's answers are. */
class ChangePlannerPropertiesTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  private static final Placement PLACE =
      new Placement("gcp", "us-central1", null, "g2-standard-8", null, true, 1);

  /** One reading: {@code status} null means that the job was not seen. */
  record Step(
      @Nullable String status,
      boolean readable,
      int recoveries,
      int startedAfter,
      int endedAfter,
      boolean placed,
      int pause) {

    Step after(int newPause) {
      return new Step(status, readable, recoveries, startedAfter, endedAfter, placed, newPause);
    }
  }

  private record Outcome(List<Plan.Tell> told, List<Finding> findings) {}

  @Property(seed = "42", tries = 2000)
  void toldStatesEndInTheStateThatLasts(@ForAll("histories") List<Step> history) {
    Optional<Step> last =
        history.stream().filter(step -> step.status() != null).reduce((a, b) -> b);
    if (last.isEmpty()) {
      return;
    }
    List<Step> lasting = new ArrayList<>(history);
    lasting.addAll(Collections.nCopies(3, last.get().after(30)));

    Outcome outcome = replay(lasting);

    Finding.Seen seen = (Finding.Seen) outcome.findings().getLast();
    assertThat(outcome.told().getLast().data().state())
        .isEqualTo(StateWord.of(seen.row().status()));
  }

  @Property(seed = "43", tries = 2000)
  void noEventRepeatsTheOneBefore(@ForAll("histories") List<Step> history) {
    JobStateChanged before = null;
    for (Plan.Tell tell : replay(history).told()) {
      JobStateChanged data = tell.data();
      if (before != null) {
        assertThat(data.previousState()).isEqualTo(before.state());
        boolean same =
            before.state() == data.state()
                && Objects.equals(before.rawStatus(), data.rawStatus())
                && before.recoveries() == data.recoveries()
                && Objects.equals(before.placement(), data.placement())
                && Objects.equals(code(before), code(data));
        assertThat(same && !"recovered".equals(code(data))).isFalse();
      }
      before = data;
    }
  }

  @Property(seed = "44", tries = 2000)
  void attemptAndTimeNeverGoBack(@ForAll("histories") List<Step> history) {
    List<Plan.Tell> told = replay(history).told();

    assertThat(told).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    assertThat(told)
        .isSortedAccordingTo((a, b) -> Integer.compare(a.data().attempt(), b.data().attempt()));
    assertThat(told).allMatch(t -> t.data().attempt() == t.data().recoveries() + 1);
  }

  @Property(seed = "45", tries = 2000)
  void noEndIsToldThatWasNotSeen(@ForAll("histories") List<Step> history) {
    Set<JobState> seen = EnumSet.noneOf(JobState.class);
    Outcome outcome = replay(history);
    for (Finding finding : outcome.findings()) {
      if (finding instanceof Finding.Seen sighting) {
        seen.add(StateWord.of(sighting.row().status()));
      }
    }

    assertThat(outcome.told())
        .extracting(tell -> tell.data().state())
        .filteredOn(state -> state != JobState.UNKNOWN)
        .allMatch(seen::contains);
  }

  @Property(seed = "46", tries = 2000)
  void readingTheSameAgainTellsNothing(@ForAll("histories") List<Step> history) {
    ChangePlanner planner = new ChangePlanner(Duration.ofSeconds(40));
    RecordedJob recorded = RecordedJob.unseen(RUN, 7L);
    for (Finding finding : findings(history)) {
      recorded = next(recorded, planner.plan(recorded, finding));
      Plan again = planner.plan(recorded, finding);
      assertThat(again).isNotInstanceOf(Plan.Tell.class);
      assertThat(next(recorded, again)).isEqualTo(recorded);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<String> statuses =
        Arbitraries.of(
                "PENDING",
                "SUBMITTED",
                "STARTING",
                "RUNNING",
                "WINDING_DOWN",
                "RECOVERING",
                "CANCELLING",
                "SUCCEEDED",
                "CANCELLED",
                "FAILED",
                "FAILED_SETUP",
                "FAILED_PRECHECKS",
                "FAILED_NO_RESOURCE",
                "FAILED_CONTROLLER",
                "HIBERNATING",
                "")
            .injectNull(0.25);
    Arbitrary<Step> steps =
        Combinators.combine(
                statuses,
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(-5, 100),
                Arbitraries.integers().between(-5, 100),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(1, 30))
            .as(Step::new);
    return steps.list().ofMinSize(1).ofMaxSize(25);
  }

  private static Outcome replay(List<Step> history) {
    ChangePlanner planner = new ChangePlanner(Duration.ofSeconds(40));
    RecordedJob recorded = RecordedJob.unseen(RUN, 7L);
    List<Plan.Tell> told = new ArrayList<>();
    List<Finding> findings = findings(history);
    for (Finding finding : findings) {
      Plan plan = planner.plan(recorded, finding);
      if (plan instanceof Plan.Tell tell) {
        told.add(tell);
      }
      recorded = next(recorded, plan);
    }
    return new Outcome(told, findings);
  }

  private static RecordedJob next(RecordedJob recorded, Plan plan) {
    return switch (plan) {
      case Plan.Tell tell -> tell.next();
      case Plan.Remember remember -> remember.next();
      case Plan.Unchanged ignored -> recorded;
      case Plan.Nothing ignored -> recorded;
    };
  }

  private static List<Finding> findings(List<Step> history) {
    List<Finding> findings = new ArrayList<>();
    Instant now = T0;
    for (Step step : history) {
      now = now.plusSeconds(step.pause());
      findings.add(finding(step, now));
    }
    return findings;
  }

  private static Finding finding(Step step, Instant now) {
    String status = step.status();
    if (status == null) {
      return step.readable() ? new Finding.Absent(now) : new Finding.Unread(now);
    }
    Rows rows =
        Rows.of(RUN, 7, status)
            .at(T0, time(step.startedAfter()), time(step.startedAfter()), time(step.endedAfter()))
            .recovered(step.recoveries());
    return new Finding.Seen(rows.row(), step.placed() ? PLACE : null, now);
  }

  private static @Nullable Instant time(int second) {
    return second < 0 ? null : T0.plusSeconds(second);
  }

  private static String code(JobStateChanged data) {
    return data.reason() == null ? "" : data.reason().code();
  }
}
