package dev.wrinklefree.checkpoint.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration FIRST = Duration.ofHours(2);

  private final AlertRules rules =
      new AlertRules(FIRST, 2, Duration.ofMinutes(10), Duration.ZERO, Duration.ZERO);

  @Test
  void theRhythmIsTheMedianThatOddIntervalsDoNotMove() {
    assertThat(AlertRules.rhythm(at(0, 20, 40, 60, 300))).contains(Duration.ofMinutes(20));
    assertThat(AlertRules.rhythm(at(0, 20, 40, 60, 60))).contains(Duration.ofMinutes(20));
    assertThat(AlertRules.rhythm(at(60, 0, 40, 20))).contains(Duration.ofMinutes(20));
  }

  @Test
  void ofTwoMiddleIntervalsTheLongerCounts() {
    assertThat(AlertRules.rhythm(at(0, 10, 40))).contains(Duration.ofMinutes(30));
  }

  @Test
  void twoCheckpointsAreNoRhythm() {
    assertThat(AlertRules.rhythm(at(0, 20))).isEmpty();
    assertThat(rules.limit(at(0, 20), false)).isEqualTo(FIRST);
    assertThat(rules.limit(List.of(), true)).isEqualTo(FIRST);
  }

  @Test
  void theLimitIsSoManyIntervalsButNotLessThanTheLeast() {
    assertThat(rules.limit(at(0, 20, 40), false)).isEqualTo(Duration.ofMinutes(40));
    assertThat(rules.limit(at(0, 1, 2), false)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void theFirstOfNewMachinesMayTakeAsLongAsAnyFirst() {
    assertThat(rules.limit(at(0, 20, 40), true)).isEqualTo(FIRST);
    assertThat(rules.limit(at(0, 90, 180), true)).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (double factor : new double[] {0.9, -1, Double.NaN, 1001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AlertRules(FIRST, factor, FIRST, FIRST, FIRST));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertRules(FIRST.negated(), 2, FIRST, FIRST, FIRST));
  }

  private static List<Instant> at(int... minutes) {
    return IntStream.of(minutes)
        .mapToObj(minute -> START.plus(Duration.ofMinutes(minute)))
        .toList();
  }
}
