package dev.wrinklefree.cost.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.wrinklefree.cost.outlook.SaveRhythm.Save;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YoungTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void shouldGiveTheSquareRootOfTwiceTheSaveTimeTimesTheMeanTime() {
    // 20 s and 20 h: sqrt(2 * 20 * 72,000) = 1697.06
    assertThat(Young.interval(20, 72_000)).hasValue(1697);
    assertThat(Young.waste(1697, 20, 72_000)).isCloseTo(0.02357, offset(1e-5));
  }

  @Test
  void shouldSayNothingWhereSavingTakesAsLongAsMachinesStay() {
    assertThat(Young.interval(600, 1200)).isEmpty();
    assertThat(Young.interval(599, 1200)).isPresent();
  }

  @Property(seed = "20261123")
  void noOtherIntervalWastesLess(
      @ForAll @DoubleRange(min = 1, max = 600) double save,
      @ForAll @DoubleRange(min = 3600, max = 10_000_000) double mean,
      @ForAll @IntRange(min = 1, max = 1_000_000) int other) {
    double best = Math.sqrt(2 * save * mean);

    assertThat(Young.waste(best, save, mean))
        .isLessThanOrEqualTo(Young.waste(other, save, mean) + 1e-12);
    assertThat(Young.interval(save, mean).orElseThrow()).isBetween((long) best, (long) best + 1);
  }

  @Test
  void shouldCountTheRunsOwnLossesBesideWhatIsAssumed() {
    assertThat(LossRate.of(0, 0, true, 8).meanSeconds()).isEqualTo(86_400);
    assertThat(LossRate.of(0, 0, true, 8).source()).startsWith("assumed for spot machines");
    assertThat(LossRate.of(2, 3600, true, 8).meanSeconds()).isEqualTo(30_000);
    assertThat(LossRate.of(2, 3600, true, 8).source()).startsWith("2 of its own in 1.0 h");
    assertThat(LossRate.of(0, 0, false, 8).meanSeconds() / 3600).isCloseTo(6334, offset(1.0));
    assertThat(LossRate.of(999, 999 * 600, true, 1).meanSeconds()).isCloseTo(686, offset(1.0));
  }

  @Test
  void shouldMeasureHowOftenAndHowLongARunSaves() {
    SaveRhythm rhythm =
        SaveRhythm.of(
            List.of(save(0, 30L), save(600, null), save(1210, 40L), save(5000, 50L)),
            (one, other) -> other.isBefore(START.plusSeconds(5000)));

    assertThat(rhythm).isEqualTo(new SaveRhythm(610L, 40L, rhythm.saveSource()));
    assertThat(rhythm.saveSource()).startsWith("measured").contains("3 checkpoints");
  }

  @Test
  void shouldNameItsAssumptionWhereNothingWasMeasured() {
    SaveRhythm rhythm = SaveRhythm.of(List.of(save(0, null)), (one, other) -> true);

    assertThat(rhythm).isEqualTo(new SaveRhythm(null, 16L, "assumed: written at 100 MB/s"));
    assertThat(SaveRhythm.of(List.of(), (one, other) -> true)).isEqualTo(SaveRhythm.UNKNOWN);
  }

  private static Save save(long second, @Nullable Long took) {
    return new Save(
        START.plusSeconds(second), 1_600_000_000L, took == null ? null : Duration.ofSeconds(took));
  }
}
