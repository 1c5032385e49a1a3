package dev.wrinklefree.launch.cancellation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookPlanTest {

  private static final Instant END = Instant.parse("2026-11-23T12:00:00Z");
  private static final RunState ONCE =
      Accepted.first().submitting(END).answered("r-1").submitted(7, END);

  private final LookPlan plan =
      new LookPlan(List.of(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofMinutes(2)));

  @Test
  void aRunOfUncertainSubmitsIsLookedAtAtAllTimes() {
    for (RunState state :
        List.of(
            Accepted.first().submitting(END).adopted(7, END),
            new Accepted(1).submitting(END).submitted(7, END),
            new Accepted(1).cancelled(),
            new Accepted(1).failed("code", "why"))) {
      StrayWatch watch = plan.begin(state, END);
      assertThat(plan.due(watch)).isEqualTo(END.plusSeconds(30));

      watch = plan.after(watch, END.plusSeconds(31)).orElseThrow();
      assertThat(plan.due(watch)).isEqualTo(END.plusSeconds(120));
      watch = plan.after(watch, END.plusSeconds(121)).orElseThrow();
      assertThat(plan.due(watch)).isEqualTo(END.plusSeconds(600));
      assertThat(plan.after(watch, END.plusSeconds(601))).isEmpty();
    }
  }

  @Test
  void aRunWhoseOnlySubmitWasAnsweredIsLookedAtOnce() {
    StrayWatch watch = plan.begin(ONCE, END);

    assertThat(plan.due(watch)).isEqualTo(END.plusSeconds(600));
    assertThat(plan.after(watch, END.plusSeconds(601))).isEmpty();
  }

  @Test
  void looksThatWereMissedAreNotMadeUpButTheLastIs() {
    StrayWatch watch = plan.begin(new Accepted(1).cancelled(), END);

    StrayWatch next = plan.after(watch, END.plusSeconds(3_600)).orElseThrow();

    assertThat(plan.due(next)).isEqualTo(END.plusSeconds(600));
    assertThat(plan.after(next, END.plusSeconds(3_600))).isEmpty();
  }

  @Test
  void aPlanNeedsTimes() {
    assertThatThrownBy(() -> new LookPlan(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LookPlan(List.of(Duration.ofSeconds(-1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
