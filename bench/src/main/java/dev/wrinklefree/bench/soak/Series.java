package dev.wrinklefree.bench.soak;

import dev.wrinklefree.bench.figure.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * One quantity over time. The first third is warm-up; what the last third has above the middle one
 * is growth.
 */
final class Series {

  private static final int THIRDS = 3;

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  List<Double> values() {
    return List.copyOf(values);
  }

  /** Median of the middle third. */
  double middle() {
    return third(1);
  }

  /** Median of the last third. */
  double last() {
    return third(2);
  }

  /** The largest value after the warm-up. */
  double most() {
    return new Samples(values.subList(values.size() / THIRDS, values.size())).most();
  }

  private double third(int index) {
    int size = values.size() / THIRDS;
    if (size == 0) {
      throw new IllegalStateException("fewer than three values");
    }
    return new Samples(values.subList(index * size, (index + 1) * size)).median();
  }
}
