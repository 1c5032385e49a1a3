package dev.wrinklefree.cost.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final String SEED = "20261123";
  private static final Instant FIRST = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant SECOND = FIRST.plusSeconds(100_000);

  @Test
  void shouldKnowNothingByOneReading() {
    assertThat(Pace.UNKNOWN.secondsLeft(0)).isEmpty();
    assertThat(Pace.UNKNOWN.heard(at(FIRST, 600, 100)).secondsLeft(600)).isEmpty();
  }

  @Test
  void shouldNotTakeTheSetUpOfMachinesForWork() {
    Pace pace = Pace.UNKNOWN.heard(at(FIRST, 600, 100)).heard(at(FIRST, 700, 200));

    assertThat(pace.secondsLeft(700).orElseThrow()).isEqualByComparingTo("800");
  }

  @Test
  void shouldCountTheTimeSinceTheLastReadingAsWorkButNotASilence() {
    Pace pace = Pace.UNKNOWN.heard(at(FIRST, 600, 100)).heard(at(FIRST, 700, 200));

    assertThat(pace.secondsLeft(750).orElseThrow()).isEqualByComparingTo("750");
    assertThat(pace.secondsLeft(5000).orElseThrow()).isEqualByComparingTo("700");
  }

  @Test
  void shouldGoOnWithTheOldPaceAfterARecoveryWentBack() {
    Pace pace =
        Pace.UNKNOWN.heard(at(FIRST, 0, 0)).heard(at(FIRST, 500, 500)).heard(at(SECOND, 800, 400));

    assertThat(pace.secondsLeft(800).orElseThrow()).isEqualByComparingTo("600");
    assertThat(pace.heard(at(SECOND, 1000, 500)).secondsLeft(1000).orElseThrow())
        .isEqualByComparingTo("1000");
  }

  @Test
  void shouldForgetAPaceInAnotherUnit() {
    Pace steps = Pace.UNKNOWN.heard(at(FIRST, 0, 0)).heard(at(FIRST, 500, 500));
    Reading percent = new Reading(FIRST, 600, BigDecimal.valueOf(60), BigDecimal.valueOf(100));

    assertThat(steps.heard(percent).secondsLeft(600)).isEmpty();
  }

  @Test
  void shouldFollowAChangeOfPace() {
    Pace pace = Pace.UNKNOWN;
    for (int i = 0; i <= 40; i++) {
      pace = pace.heard(at(FIRST, 100L * i, i));
    }
    for (int i = 1; i < Pace.MOST_READINGS; i++) {
      pace = pace.heard(at(FIRST, 4000 + 10L * i, 40 + i));
    }

    assertThat(pace.readings()).hasSize(Pace.MOST_READINGS);
    assertThat(pace.secondsLeft(4310).orElseThrow())
        .isEqualByComparingTo(BigDecimal.valueOf(10L * (1000 - 71)));
  }

  @Property(seed = SEED)
  void atAConstantRateTheRestIsExactAtEveryReadingAfterTheFirst(
      @ForAll @LongRange(max = 5000) long setUp,
      @ForAll @IntRange(min = 1, max = 300) int secondsPerStep,
      @ForAll @Size(min = 2, max = 60) List<@IntRange(min = 1, max = 15) Integer> gaps) {
    Pace pace = Pace.UNKNOWN;
    long step = 0;
    for (int gap : gaps) {
      step += gap;
      long seconds = setUp + step * secondsPerStep;
      pace = pace.heard(at(FIRST, seconds, step));
      if (pace.readings().size() > 1) {
        assertThat(pace.secondsLeft(seconds).orElseThrow().doubleValue())
            .isCloseTo((1000.0 - step) * secondsPerStep, offset(1e-6));
      }
    }
  }

  @Property(seed = SEED)
  void whateverIsHeardTheRestIsNeverNegativeNorBoundless(
      @ForAll @Size(max = 50) List<@LongRange(max = 100_000) Long> seconds,
      @ForAll @Size(max = 50) List<@LongRange(max = Long.MAX_VALUE) Long> steps,
      @ForAll @LongRange(max = 200_000) long now) {
    Pace pace = Pace.UNKNOWN;
    for (int i = 0; i < Math.min(seconds.size(), steps.size()); i++) {
      pace = pace.heard(at(i % 7 == 0 ? FIRST : SECOND, seconds.get(i), steps.get(i)));
      assertThat(pace.readings().size()).isLessThanOrEqualTo(Pace.MOST_READINGS);
    }
    assertThat(pace.secondsLeft(now).filter(left -> left.signum() < 0)).isEmpty();
    assertThat(pace.secondsLeft(now).map(BigDecimal::doubleValue).filter(left -> left > 4e8))
        .isEmpty();
  }

  private static Reading at(Instant since, long seconds, long step) {
    return new Reading(since, seconds, BigDecimal.valueOf(step), BigDecimal.valueOf(1000));
  }
}
