package dev.wrinklefree.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantityTest {

  @Test
  void whatGrowsDuringTheWarmUpAloneIsFlat() {
    Series memory = series(100, 150, 200, 210, 205, 215, 212, 208, 214);

    assertThat(memory.middle()).isEqualTo(210);
    assertThat(memory.last()).isEqualTo(212);
    assertThat(memory.most()).isEqualTo(215);
    assertThat(Quantity.MEMORY.isFlat(memory)).isTrue();
  }

  @Test
  void whatGoesOnGrowingIsNotFlat() {
    Series growing = series(100, 120, 140, 160, 180, 200, 220, 240, 260);

    for (Quantity quantity : Quantity.values()) {
      assertThat(quantity.isFlat(growing))
          .as(quantity.title())
          .isEqualTo(
              quantity == Quantity.LAG
                  || quantity == Quantity.BACKLOG
                  || quantity == Quantity.WORK);
    }
  }

  @Test
  void aFewRecordsBehindAreNotAGrowingLag() {
    assertThat(Quantity.LAG.isFlat(series(0, 3, 9, 0, 4, 7, 60, 80, 70))).isTrue();
    assertThat(Quantity.LAG.isFlat(series(0, 3, 9, 0, 4, 7, 160, 180, 170))).isFalse();
  }

  @Test
  void aShrinkingQuantityIsFlat() {
    assertThat(Quantity.THREADS.isFlat(series(9, 9, 9, 60, 60, 60, 50, 50, 50))).isTrue();
  }

  @Test
  void tooFewValuesAreNoSeries() {
    assertThatThrownBy(() -> series(1, 2).last()).isInstanceOf(IllegalStateException.class);
  }

  private static Series series(double... values) {
    Series series = new Series();
    DoubleStream.of(values).forEach(series::add);
    return series;
  }
}
