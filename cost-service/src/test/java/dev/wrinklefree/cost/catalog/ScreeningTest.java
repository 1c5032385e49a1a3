package dev.wrinklefree.cost.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.catalog.Screened.Refused;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.skypilot.catalog.CatalogOffer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rows are SkyPilot's own, of catalogue v8. */
class ScreeningTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
  private static final PriceBook EMPTY = new PriceBook(List.of());

  private static final List<CatalogOffer> GCP =
      List.of(
          gcp("a3-highgpu-1g", "us-east4", 1, "10.979", "2.506"),
          gcp("a3-highgpu-2g", "us-east4", 2, "21.958", "5.011"),
          gcp("a3-highgpu-4g", "us-east4", 4, "43.916", "10.022"),
          gcp("a3-highgpu-8g", "us-east4", 8, "87.832", "20.044"));

  @Test
  void shouldBelieveAnOrdinaryMachineOnDemandAndAsSpot() {
    Screened screened = screen(EMPTY, GCP);

    assertThat(screened.refused()).isEmpty();
    assertThat(screened.believed()).hasSize(8);
    PriceRow row = screened.believed().getFirst();
    assertThat(row.cloud()).isEqualTo("gcp");
    assertThat(row.perHour().amount()).isEqualByComparingTo("10.979");
    assertThat(row.spot()).isFalse();
    assertThat(row.source()).isEqualTo("SkyPilot catalogue");
    assertThat(row.asOf()).isEqualTo(TODAY);
  }

  @Test
  void shouldRefuseTheMixedUpRowOfUsCentralAndItsSpotPriceWithIt() {
    Screened screened =
        screen(EMPTY, with(GCP, gcp("a3-highgpu-8g", "us-central1", 8, "43.066", "26.830")));

    assertThat(rules(screened))
        .containsExactly(
            tuple("us-central1", false, Rule.FAR_FROM_MEDIAN),
            tuple("us-central1", true, Rule.ROW_REFUSED));
    assertThat(screened.refused().getFirst().reason())
        .isEqualTo("costs 5.38325 per GPU, and the cloud's median is 10.979");
  }

  @Test
  void shouldRefuseASpotPriceThatTheBookKnowsBetter() {
    PriceBook book = book("gcp,us-central1,a3-highgpu-1g,H100,1,true,6.571,USD,b,2026-09-26");

    assertThat(
            rules(screen(book, List.of(gcp("a3-highgpu-1g", "us-central1", 1, "10.979", "3.354")))))
        .containsExactly(tuple("us-central1", true, Rule.FAR_FROM_BOOK));
  }

  @Test
  void shouldBelieveTheBookMoreThanTheMedian() {
    PriceBook book = book("gcp,us-central1,a3-highgpu-8g,H100,8,false,44.00,USD,b,2026-11-20");

    assertThat(
            screen(book, with(GCP, gcp("a3-highgpu-8g", "us-central1", 8, "43.066", null)))
                .refused())
        .isEmpty();
  }

  @Test
  void shouldRefuseARowThatIsDearerAsSpot() {
    Screened screened =
        screen(EMPTY, List.of(offer("GCP", "a2-ultragpu-1g", "A100-80GB", "1", "1.8462", "1.964")));

    assertThat(screened.believed()).isEmpty();
    assertThat(screened.refused())
        .extracting(Refused::rule)
        .containsExactly(Rule.SPOT_DEARER, Rule.ROW_REFUSED);
  }

  @Test
  void shouldNotTakeAnEqualPriceForASpotMarket() {
    Screened screened =
        screen(EMPTY, List.of(offer("AWS", "p5.48xlarge", "H100", "8", "55.04", "55.04")));

    assertThat(screened.believed()).extracting(PriceRow::spot).containsExactly(false);
    assertThat(screened.refused()).extracting(Refused::rule).containsExactly(Rule.NO_SPOT_MARKET);
  }

  @Test
  void shouldRefuseGpusWithoutTheirMachine() {
    Screened screened =
        screen(
            EMPTY,
            List.of(
                offer("GCP", null, "H100", "8", "78.372", null),
                offer("GCP", "(attachable)", "T4", "1", "0.35", null)));

    assertThat(screened.believed()).isEmpty();
    assertThat(screened.refused())
        .extracting(Refused::rule)
        .containsExactly(Rule.NO_MACHINE, Rule.NO_MACHINE);
  }

  @Test
  void shouldRefuseWhatIsNoPrice() {
    Screened screened =
        screen(
            EMPTY,
            List.of(
                offer("Kubernetes", "8CPU--32GB", "H100", "1", "0", null),
                offer("AWS", "p5", "H100", "0.5", "3.44", null),
                offer("AWS", "p6", "H100", "1", "1000000", null)));

    assertThat(screened.refused())
        .extracting(Refused::rule)
        .containsExactly(Rule.NO_PRICE, Rule.PART_OF_A_GPU, Rule.NO_PRICE);
  }

  @Test
  void shouldNotBelieveACloudThatIsKnownToBeOutOfDate() {
    assertThat(
            screen(EMPTY, List.of(offer("Nebius", "gpu-h100", "H100", "1", "2.95", "1.25")))
                .refused())
        .extracting(Refused::rule)
        .containsExactly(Rule.CLOUD_OUT_OF_DATE, Rule.CLOUD_OUT_OF_DATE);
  }

  @Test
  void shouldRefuseAMachineThatIsFarFromLinearInItsRegion() {
    List<CatalogOffer> offers =
        List.of(
            gcp("x-1g", "a", 1, "10", null),
            gcp("x-2g", "a", 2, "20", null),
            gcp("x-8g", "a", 8, "40", null),
            // Elsewhere each machine costs the same, so that its median says nothing.
            gcp("x-1g", "b", 1, "10", null),
            gcp("x-1g", "c", 1, "10", null),
            gcp("x-2g", "d", 2, "20", null),
            gcp("x-2g", "e", 2, "20", null),
            gcp("x-8g", "b", 8, "40", null),
            gcp("x-8g", "c", 8, "40", null));

    assertThat(rules(screen(EMPTY, offers))).containsExactly(tuple("a", false, Rule.NOT_LINEAR));
  }

  @Test
  void shouldTakeTheDearestZoneOfARegion() {
    List<PriceRow> believed =
        screen(
                EMPTY,
                List.of(
                    offer("AWS", "p5.48xlarge", "H100", "8", "55.04", "17.63"),
                    offer("AWS", "p5.48xlarge", "H100", "8", "55.04", "19.25")))
            .believed();

    assertThat(believed)
        .extracting(row -> row.perHour().amount().toPlainString())
        .containsExactly("55.04", "19.25");
  }

  @Test
  void shouldUseTheCatalogueFirstAndTheBookForTheRest() {
    PriceBook book =
        book(
            "gcp,us-east4,a3-highgpu-1g,H100,1,false,11.00,USD,book,2026-09-01",
            "nebius,any,any,H100,1,false,3.85,USD,book,2026-09-25");
    List<PriceRow> catalog = screen(book, GCP).believed();
    Placement gcp = placement("gcp", "us-east4", "a3-highgpu-1g");
    Placement nebius = placement("nebius", "eu-north1", null);

    PricesInUse shipped = new PricesInUse(book, false, () -> catalog);
    assertThat(shipped.find(gcp).orElseThrow().source()).isEqualTo("SkyPilot catalogue");
    assertThat(shipped.find(nebius).orElseThrow().source()).isEqualTo("book");
    assertThat(shipped.rows()).hasSize(9);

    PricesInUse own = new PricesInUse(book, true, () -> catalog);
    assertThat(own.find(gcp).orElseThrow().source()).isEqualTo("book");
    assertThat(own.rows()).hasSize(9).filteredOn(row -> row.source().equals("book")).hasSize(2);
  }

  @Property(seed = "20261123")
  void everyPriceIsBelievedOrRefusedAndWhatIsBelievedIsPlausible(
      @ForAll("offers") List<CatalogOffer> offers) {
    Screened screened = screen(EMPTY, offers);

    assertThat(screened.believed())
        .allSatisfy(
            row -> {
              assertThat(row.perHour().amount()).isPositive();
              assertThat(row.instanceType()).isNotNull();
              assertThat(row.cloud()).isNotEqualTo("nebius");
            });
    assertThat(screened.believed()).doesNotHaveDuplicates();
    long prices =
        offers.stream()
            .mapToLong(
                offer -> (offer.perHour() == null ? 0 : 1) + (offer.spotPerHour() == null ? 0 : 1))
            .sum();
    assertThat(screened.believed().size() + screened.refused().size())
        .isLessThanOrEqualTo((int) prices);
    if (prices > 0) {
      assertThat(screened.believed().size() + screened.refused().size()).isPositive();
    }
  }

  @Provide
  Arbitrary<List<CatalogOffer>> offers() {
    Arbitrary<BigDecimal> price =
        Arbitraries.bigDecimals()
            .between(BigDecimal.valueOf(-1), BigDecimal.valueOf(2_000_000))
            .ofScale(4);
    return Combinators.combine(
            Arbitraries.of("GCP", "AWS", "Nebius"),
            Arbitraries.of("one", "two", "(attachable)").injectNull(0.1),
            Arbitraries.of("1", "2", "4", "8", "0.5").map(BigDecimal::new),
            price.injectNull(0.2),
            price.injectNull(0.4),
            Arbitraries.of("a", "b").injectNull(0.1))
        .as(
            (cloud, type, count, perHour, spot, region) ->
                new CatalogOffer(cloud, type, "H100", count, perHour, spot, region))
        .list()
        .ofMaxSize(20);
  }

  private static Screened screen(PriceBook book, List<CatalogOffer> offers) {
    return new Screening(book, List.of("nebius"), "SkyPilot catalogue", TODAY).screen(offers);
  }

  private static List<Tuple> rules(Screened screened) {
    return screened.refused().stream()
        .map(no -> tuple(no.row().region(), no.row().spot(), no.rule()))
        .toList();
  }

  private static List<CatalogOffer> with(List<CatalogOffer> offers, CatalogOffer one) {
    return Stream.concat(offers.stream(), Stream.of(one)).toList();
  }

  private static PriceBook book(String... rows) {
    return PriceBookParser.parse(
        "test",
        Stream.concat(Stream.of(String.join(",", PriceBookParser.HEADER)), Arrays.stream(rows))
            .toList());
  }

  private static Placement placement(String cloud, String region, @Nullable String type) {
    return new Placement(cloud, region, null, type, new Accelerators("H100", 1), false, 1);
  }

  private static CatalogOffer gcp(
      String type, String region, int count, String price, @Nullable String spot) {
    return new CatalogOffer(
        "GCP",
        type,
        "H100",
        BigDecimal.valueOf(count),
        new BigDecimal(price),
        spot == null ? null : new BigDecimal(spot),
        region);
  }

  private static CatalogOffer offer(
      String cloud,
      @Nullable String type,
      String accelerator,
      String count,
      String price,
      @Nullable String spot) {
    return new CatalogOffer(
        cloud,
        type,
        accelerator,
        new BigDecimal(count),
        new BigDecimal(price),
        spot == null ? null : new BigDecimal(spot),
        "some-region");
  }
}
