package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.catalog.Screened.Refused;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Holds prices of one kind, on demand or spot, against each other and against the book. */
final class Comparison {

  /**
   * How far apart prices of one thing may be. Regions of a cloud differ by less; the mixed-up rows
   * that are known are off by 2.04 and more.
   */
  static final BigDecimal MOST_APART = new BigDecimal("1.6");

  /** With fewer there is no telling which one is wrong. */
  private static final int FEWEST = 3;

  private static final int SCALE = 6;

  private final List<PriceRow> rows;
  private final PriceBook book;

  Comparison(List<PriceRow> rows, PriceBook book) {
    this.rows = rows;
    this.book = book;
  }

  /** Why the price is not believed, if it is not. What the book knows is held against it alone. */
  Optional<Refused> verdict(PriceRow row) {
    Optional<PriceRow> known =
        book.find(
            new Placement(
                row.cloud(),
                row.region(),
                null,
                row.instanceType(),
                row.accelerators(),
                row.spot(),
                1));
    if (known.isPresent()) {
      return check(row, Rule.FAR_FROM_BOOK, perGpu(known.get()), "the price book says");
    }
    return check(row, Rule.FAR_FROM_MEDIAN, median(ofItsCloud(row)), "the cloud's median is")
        .or(() -> linear(row));
  }

  /** The same machine in other regions where there are enough, else all with that accelerator. */
  private List<BigDecimal> ofItsCloud(PriceRow row) {
    Predicate<PriceRow> alike =
        other ->
            other.cloud().equals(row.cloud())
                && other.spot() == row.spot()
                && other.accelerators().type().equals(row.accelerators().type());
    List<BigDecimal> sameType =
        rows.stream()
            .filter(alike)
            .filter(other -> Objects.equals(other.instanceType(), row.instanceType()))
            .map(Comparison::perGpu)
            .toList();
    return sameType.size() >= FEWEST
        ? sameType
        : Stream.concat(rows.stream(), book.rows().stream())
            .filter(alike)
            .map(Comparison::perGpu)
            .toList();
  }

  private Optional<Refused> linear(PriceRow row) {
    Map<Integer, BigDecimal> cheapest = new HashMap<>();
    rows.stream()
        .filter(
            other ->
                other.cloud().equals(row.cloud())
                    && Objects.equals(other.region(), row.region())
                    && other.accelerators().type().equals(row.accelerators().type()))
        .forEach(
            other -> cheapest.merge(other.accelerators().count(), perGpu(other), BigDecimal::min));
    return cheapest.size() < FEWEST
        ? Optional.empty()
        : check(
            row,
            Rule.NOT_LINEAR,
            median(new ArrayList<>(cheapest.values())),
            "with other numbers of GPUs it is");
  }

  private static Optional<Refused> check(
      PriceRow row, Rule rule, BigDecimal expected, String whose) {
    BigDecimal said = perGpu(row);
    boolean far =
        said.compareTo(expected.multiply(MOST_APART)) > 0
            || said.multiply(MOST_APART).compareTo(expected) < 0;
    return far
        ? Optional.of(
            new Refused(
                row,
                rule,
                "costs %s per GPU, and %s %s"
                    .formatted(
                        said.stripTrailingZeros().toPlainString(),
                        whose,
                        expected.stripTrailingZeros().toPlainString())))
        : Optional.empty();
  }

  private static BigDecimal perGpu(PriceRow row) {
    return row.perHour()
        .amount()
        .divide(BigDecimal.valueOf(row.accelerators().count()), SCALE, RoundingMode.HALF_UP);
  }

  private static BigDecimal median(List<BigDecimal> values) {
    List<BigDecimal> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted
            .get(middle - 1)
            .add(sorted.get(middle))
            .divide(BigDecimal.TWO, SCALE, RoundingMode.HALF_UP);
  }
}
