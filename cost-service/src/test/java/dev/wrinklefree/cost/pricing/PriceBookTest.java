package dev.wrinklefree.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {

  private static final PriceBook BOOK =
      book(
          "aws,us-east-1,g5.xlarge,A10G,1,false,1.006",
          "aws,us-east-1,g5.8xlarge,A10G,1,false,2.448",
          "aws,us-east-1,g5.8xlarge,A10G,1,true,0.964",
          "nebius,any,h100-1,H100,1,false,3.85",
          "nebius,eu-north1,h100-1,H100,1,false,3.80",
          "nebius,any,any,H200,1,false,4.50",
          "nebius,eu-west1,any,H200,1,false,4.40",
          "nebius,any,h200-special,H200,1,false,4.60");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // cloud, region, instance type, accelerator, spot, price
        "aws, us-east-1, g5.xlarge, A10G, false, 1.006",
        "aws, us-east-1, g5.8xlarge, A10G, false, 2.448",
        "aws, us-east-1, g5.8xlarge, A10G, true, 0.964",
        "aws, us-east-1, g5.8xlarge, -, false, 2.448",
        // No such spot price: the on-demand price does not stand in.
        "aws, us-east-1, g5.xlarge, A10G, true, -",
        // A type that the book lacks is not priced like another with the same GPU.
        "aws, us-east-1, g5.4xlarge, A10G, false, -",
        // An unknown type is taken for the cheapest that fits.
        "aws, us-east-1, -, A10G, false, 1.006",
        // Another region's price does not stand in.
        "aws, eu-west-1, g5.xlarge, A10G, false, -",
        "aws, -, g5.xlarge, A10G, false, -",
        // The exact region before any region.
        "nebius, eu-north1, h100-1, H100, false, 3.80",
        "nebius, me-west1, h100-1, H100, false, 3.85",
        "nebius, -, h100-1, H100, false, 3.85",
        // The exact type before the accelerators, and rows for any type.
        "nebius, eu-west1, h200-special, H200, false, 4.60",
        "nebius, eu-west1, h200-other, H200, false, 4.40",
        "nebius, us-central1, h200-other, H200, false, 4.50",
        // A type whose GPUs contradict the book is not priced.
        "nebius, eu-north1, h100-1, B200, false, -",
        "lambda, -, h100-1, H100, false, -",
      })
  void shouldFindTheClosestOfferAndNoOther(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      @Nullable String accelerator,
      boolean spot,
      @Nullable String price) {
    Placement placement =
        new Placement(
            cloud,
            region,
            "zone-of-no-matter",
            instanceType,
            accelerator == null ? null : new Accelerators(accelerator, 1),
            spot,
            1);

    assertThat(BOOK.find(placement).map(row -> row.perHour().amount().toPlainString()).orElse(null))
        .isEqualTo(price == null ? null : canonical(price));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-10-24, 2026-11-23T23:59:59Z, false",
        "2026-10-24, 2026-11-24T00:00:00Z, true",
        "2026-11-23, 2026-11-23T00:00:00Z, false",
        "2026-12-01, 2026-11-23T00:00:00Z, false",
        "-, 2026-11-23T00:00:00Z, true",
      })
  void shouldBeStaleAfterThirtyDaysAndWhereTheAgeIsUnknown(
      @Nullable LocalDate asOf, Instant instant, boolean stale) {
    assertThat(PriceRow.staleAt(asOf, instant)).isEqualTo(stale);
  }

  @Test
  void shouldKnowTheMinimumsOfTheShippedBillingRules() {
    BillingRules rules =
        BillingRules.parse("billing-rules.csv", ShippedPriceBookTest.lines("billing-rules.csv"));

    assertThat(Stream.of("nebius", "gcp", "aws", "lambda", null).map(rules::minimumFor))
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 60L, 60L, 0L, 0L);
  }

  private static String canonical(String price) {
    return Money.usd(price).amount().toPlainString();
  }

  private static PriceBook book(String... rows) {
    List<String> lines =
        Stream.concat(
                Stream.of(String.join(",", PriceBookParser.HEADER)),
                Stream.of(rows).map(row -> row + ",USD,test,2026-11-01"))
            .toList();
    return PriceBookParser.parse("test", lines);
  }
}
