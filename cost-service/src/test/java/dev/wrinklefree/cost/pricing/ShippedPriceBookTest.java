package dev.wrinklefree.cost.pricing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.Accelerators;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks that would have caught the errors seen in public price catalogs. */
class ShippedPriceBookTest {

  /** As far as one cloud's prices of one GPU may be from their median. */
  private static final BigDecimal SPREAD = new BigDecimal("1.6");

  /** Catalog prices are rounded to a tenth of a cent. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.001");

  private static final Set<String> SPREAD_EXCEPTIONS =
      Set.of(
          // Read half a year after the others, when spot had about doubled.
          "gcp us-central1 a3-highgpu-1g spot",
          // One GPU with eight times the processors and memory of g5.xlarge.
          "aws us-east-1 g5.8xlarge on-demand");

  private static final PriceBook BOOK =
      PriceBookParser.parse("price-book.csv", lines("price-book.csv"));

  @Test
  void shouldNeverPriceSpotAboveOnDemand() {
    for (PriceRow spot : BOOK.rows().stream().filter(PriceRow::spot).toList()) {
      BOOK.rows().stream()
          .filter(row -> !row.spot() && sameOffer(row, spot))
          .forEach(
              row ->
                  assertThat(spot.perHour().amount())
                      .as(name(spot))
                      .isLessThanOrEqualTo(row.perHour().amount()));
    }
    assertThat(BOOK.rows().stream().filter(PriceRow::spot)).hasSizeGreaterThan(10);
  }

  @Test
  void shouldKeepEachCloudsPricePerGpuCloseToItsMedian() {
    record Kind(String cloud, String gpu, boolean spot) {}
    Map<Kind, List<PriceRow>> kinds =
        BOOK.rows().stream()
            .collect(
                groupingBy(row -> new Kind(row.cloud(), row.accelerators().type(), row.spot())));

    List<String> far =
        kinds.values().stream()
            .flatMap(
                rows -> {
                  BigDecimal median = median(rows.stream().map(this::perGpu).toList());
                  return rows.stream().filter(row -> isFar(perGpu(row), median));
                })
            .map(ShippedPriceBookTest::name)
            .toList();

    assertThat(far).containsExactlyInAnyOrderElementsOf(SPREAD_EXCEPTIONS);
  }

  @Test
  void shouldBeLinearInTheNumberOfGpus() {
    record Place(String cloud, @Nullable String region, String gpu, boolean spot, String family) {}
    BOOK.rows().stream()
        .collect(
            groupingBy(
                row ->
                    new Place(
                        row.cloud(),
                        Objects.requireNonNullElse(row.region(), "any"),
                        row.accelerators().type(),
                        row.spot(),
                        family(row))))
        .values()
        .forEach(
            rows ->
                rows.forEach(
                    row ->
                        assertThat(
                                perGpu(row).divide(perGpu(rows.getFirst()), MathContext.DECIMAL32))
                            .as(name(row))
                            .isBetween(
                                BigDecimal.ONE.subtract(ROUNDING), BigDecimal.ONE.add(ROUNDING))));
  }

  @Test
  void shouldPriceEveryScaleOfTheGuideOnSomeCloud() {
    for (Accelerators scale :
        List.of(
            new Accelerators("A10G", 1),
            new Accelerators("H100", 1),
            new Accelerators("H100", 2),
            new Accelerators("H100", 4),
            new Accelerators("H100", 8))) {
      assertThat(BOOK.rows()).extracting(PriceRow::accelerators).contains(scale);
    }
  }

  private BigDecimal perGpu(PriceRow row) {
    return row.perHour()
        .amount()
        .divide(BigDecimal.valueOf(row.accelerators().count()), MathContext.DECIMAL64);
  }

  private static boolean isFar(BigDecimal price, BigDecimal median) {
    return price.compareTo(median.multiply(SPREAD)) > 0
        || price.multiply(SPREAD).compareTo(median) < 0;
  }

  private static BigDecimal median(List<BigDecimal> prices) {
    List<BigDecimal> sorted = prices.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted
            .get(middle - 1)
            .add(sorted.get(middle))
            .divide(BigDecimal.TWO, MathContext.DECIMAL64);
  }

  /**
   * The machine family: {@code p5}, {@code a3-highgpu}, {@code g5.8xlarge} is not {@code
   * g5.xlarge}.
   */
  private static String family(PriceRow row) {
    String type = row.instanceType();
    if (type == null) {
      return "any";
    }
    return type.startsWith("g5") ? type : type.split("[.-]", -1)[0];
  }

  private static boolean sameOffer(PriceRow one, PriceRow other) {
    return one.cloud().equals(other.cloud())
        && Objects.equals(one.region(), other.region())
        && Objects.equals(one.instanceType(), other.instanceType())
        && one.accelerators().equals(other.accelerators());
  }

  private static String name(PriceRow row) {
    return String.join(
        " ",
        row.cloud(),
        Objects.requireNonNullElse(row.region(), "any"),
        Objects.requireNonNullElse(row.instanceType(), "any"),
        row.spot() ? "spot" : "on-demand");
  }

  static List<String> lines(String resource) {
    try (InputStream stream =
        Objects.requireNonNull(
            ShippedPriceBookTest.class.getClassLoader().getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
