package dev.wrinklefree.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
    assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Samples.of(9, 1, 5, 3).median()).isEqualTo(4);
  }

  @Test
  void theSpreadIsTheLeastAndTheMost() {
    Samples samples = Samples.of(9, 1, 5);

    assertThat(samples.least()).isEqualTo(1);
    assertThat(samples.most()).isEqualTo(9);
  }

  @Test
  void aRatioIsTakenRunByRun() {
    Samples ratio = Samples.of(2, 30, 8).ratioTo(Samples.of(1, 10, 2));

    assertThat(ratio.values()).containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void refusesWhatIsNoMeasurement() {
    assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Samples.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Samples.of(1).ratioTo(Samples.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 runs beside 2 of the peer");
  }

  @Test
  void aPercentileIsOneOfTheDurations() {
    long[] nanos = new long[100];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (nanos.length - i) * 1_000_000L;
    }
    Percentiles percentiles = Percentiles.of(nanos);

    assertThat(percentiles.millis(50)).isEqualTo(50);
    assertThat(percentiles.millis(99)).isEqualTo(99);
    assertThat(percentiles.millis(100)).isEqualTo(100);
    assertThat(percentiles.millis(0.1)).isEqualTo(1);
  }
}
