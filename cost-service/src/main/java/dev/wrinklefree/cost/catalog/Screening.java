package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.catalog.Screened.Refused;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.skypilot.catalog.CatalogOffer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which prices of the catalogue are believed. It is known to have GPUs without their host,
 * prices of other products under a machine's name, and rows that nobody brings up to date.
 */
public final class Screening {

  /** How SkyPilot calls the machine of a GPU that can be put into many. */
  private static final String ATTACHABLE = "(attachable)";

  private static final String CURRENCY = "USD";

  /** What the column of a price holds. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

  private final PriceBook book;
  private final Set<String> outOfDate;
  private final String source;
  private final LocalDate today;

  /**
   * @param book to compare with
   * @param outOfDate lower-case names of clouds whose rows are not believed
   * @param source what a price says of its source
   * @param today the day of the reading
   */
  public Screening(PriceBook book, Collection<String> outOfDate, String source, LocalDate today) {
    this.book = book;
    this.outOfDate = Set.copyOf(outOfDate);
    this.source = source;
    this.today = today;
  }

  /** The verdict on all rows of a reading. */
  public Screened screen(List<CatalogOffer> offers) {
    List<Refused> refused = new ArrayList<>();
    List<PriceRow> onDemand = new ArrayList<>();
    List<PriceRow> spot = new ArrayList<>();
    for (CatalogOffer offer : offers) {
      onDemand(offer, refused).ifPresent(onDemand::add);
      spot(offer, refused).ifPresent(spot::add);
    }
    List<PriceRow> believed = plausible(dearest(onDemand), refused);
    List<PriceRow> rowBelieved = new ArrayList<>();
    for (PriceRow row : dearest(spot)) {
      if (refused.stream().anyMatch(no -> sameMachine(no.row(), row) && !no.row().spot())) {
        refused.add(
            new Refused(row, Rule.ROW_REFUSED, "the price on demand beside it is not believed"));
      } else {
        rowBelieved.add(row);
      }
    }
    believed.addAll(plausible(rowBelieved, refused));
    return new Screened(believed, refused);
  }

  private Optional<PriceRow> onDemand(CatalogOffer offer, List<Refused> refused) {
    return Optional.ofNullable(offer.perHour())
        .flatMap(price -> row(offer, price, false, refused))
        .filter(
            row -> {
              BigDecimal spot = offer.spotPerHour();
              boolean mixed = spot != null && spot.compareTo(row.perHour().amount()) > 0;
              if (mixed) {
                refused.add(
                    new Refused(
                        row, Rule.SPOT_DEARER, "costs less than as spot, which is " + spot));
              }
              return !mixed;
            });
  }

  private Optional<PriceRow> spot(CatalogOffer offer, List<Refused> refused) {
    return Optional.ofNullable(offer.spotPerHour())
        .flatMap(price -> row(offer, price, true, refused))
        .filter(
            row -> {
              BigDecimal price = offer.perHour();
              boolean none = price != null && price.compareTo(offer.spotPerHour()) == 0;
              if (none) {
                refused.add(new Refused(row, Rule.NO_SPOT_MARKET, "costs as much as on demand"));
              }
              return !none;
            });
  }

  /** The price as a row of ours, if the offer by itself can be one. */
  private Optional<PriceRow> row(
      CatalogOffer offer, BigDecimal price, boolean spot, List<Refused> refused) {
    int count = wholeCount(offer.count());
    BigDecimal rounded = price.setScale(Money.COMPUTED_SCALE, RoundingMode.HALF_UP);
    PriceRow row =
        new PriceRow(
            offer.cloud().toLowerCase(Locale.ROOT),
            offer.region(),
            offer.instanceType(),
            new Accelerators(offer.accelerator(), Math.max(1, count)),
            spot,
            new Money(rounded.max(BigDecimal.ZERO).min(MOST), CURRENCY),
            source,
            today);
    return verdict(row, offer, rounded, count)
        .map(
            no -> {
              refused.add(no);
              return Optional.<PriceRow>empty();
            })
        .orElseGet(() -> Optional.of(row));
  }

  private Optional<Refused> verdict(PriceRow row, CatalogOffer offer, BigDecimal price, int count) {
    if (count < 1) {
      return no(row, Rule.PART_OF_A_GPU, "is for " + offer.count() + " GPUs");
    }
    if (row.instanceType() == null || row.instanceType().equals(ATTACHABLE)) {
      return no(row, Rule.NO_MACHINE, "is for GPUs without the machine that they are in");
    }
    if (price.signum() <= 0 || price.compareTo(MOST) >= 0) {
      return no(row, Rule.NO_PRICE, "costs " + offer.perHour());
    }
    return outOfDate.contains(row.cloud())
        ? no(row, Rule.CLOUD_OUT_OF_DATE, "rows of " + row.cloud() + " are known to be out of date")
        : Optional.empty();
  }

  private List<PriceRow> plausible(List<PriceRow> rows, List<Refused> refused) {
    Comparison comparison = new Comparison(rows, book);
    List<PriceRow> believed = new ArrayList<>();
    for (PriceRow row : rows) {
      Optional<Refused> no = comparison.verdict(row);
      no.ifPresent(refused::add);
      if (no.isEmpty()) {
        believed.add(row);
      }
    }
    return believed;
  }

  private static Optional<Refused> no(PriceRow row, Rule rule, String reason) {
    return Optional.of(new Refused(row, rule, reason));
  }

  /** Zones of a region differ in price: the dearest is taken, so that no figure is too low. */
  private static List<PriceRow> dearest(List<PriceRow> rows) {
    Map<Machine, PriceRow> byMachine = new LinkedHashMap<>();
    for (PriceRow row : rows) {
      byMachine.merge(
          Machine.of(row),
          row,
          (one, other) ->
              one.perHour().amount().compareTo(other.perHour().amount()) >= 0 ? one : other);
    }
    return List.copyOf(byMachine.values());
  }

  private static boolean sameMachine(PriceRow one, PriceRow other) {
    return Machine.of(one).equals(Machine.of(other));
  }

  private record Machine(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      Accelerators accelerators) {

    static Machine of(PriceRow row) {
      return new Machine(row.cloud(), row.region(), row.instanceType(), row.accelerators());
    }
  }

  /** Zero for a part of one. */
  private static int wholeCount(BigDecimal count) {
    return count.stripTrailingZeros().scale() <= 0 && count.compareTo(BigDecimal.valueOf(1024)) <= 0
        ? count.intValue()
        : 0;
  }
}
