package dev.wrinklefree.bench.figure;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The same thing measured in several runs. The median is what is told of it; the least and the most
 * are its spread.
 *
 * @param values one per run, in the order of the runs
 */
public record Samples(List<Double> values) {

  /** Refuses no values and values that are no numbers. */
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty() || values.stream().anyMatch(value -> !Double.isFinite(value))) {
      throw new IllegalArgumentException("samples must be finite numbers, not " + values);
    }
  }

  /** From an array, in its order. */
  public static Samples of(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }

  /** The middle value; of an even number the mean of the middle two. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The smallest value. */
  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest value. */
  public double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * What each run gave in relation to the same run of a peer: what disturbed a run disturbed both.
   *
   * @throws IllegalArgumentException if there are not as many of them
   */
  public Samples ratioTo(Samples peer) {
    if (peer.values.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d runs beside %d of the peer".formatted(values.size(), peer.values.size()));
    }
    return combined(peer, (mine, other) -> mine / other);
  }

  private Samples combined(Samples peer, DoubleBinaryOperator operator) {
    return new Samples(
        IntStream.range(0, values.size())
            .mapToObj(run -> operator.applyAsDouble(values.get(run), peer.values.get(run)))
            .toList());
  }
}
