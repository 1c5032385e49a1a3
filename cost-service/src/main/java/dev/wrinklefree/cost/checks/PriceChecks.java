package dev.wrinklefree.cost.checks;

import dev.wrinklefree.cost.catalog.CatalogReading;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.rest.checks.Check.Status;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at the age of prices. Pure. */
public final class PriceChecks {

  private PriceChecks() {}

  /**
   * The verdicts. Old prices may be right still: it has failed only if there is no other.
   *
   * @param rows prices in use
   * @param reading how the last readings of the catalogue went
   */
  public static List<Check> of(List<PriceRow> rows, CatalogReading reading, Instant now) {
    return List.of(age(rows, now), catalog(reading));
  }

  private static Check age(List<PriceRow> rows, Instant now) {
    List<PriceRow> stale = rows.stream().filter(row -> row.staleAt(now)).toList();
    if (stale.isEmpty()) {
      return new Check(
          "prices", Status.OK, "%d prices, none older than 30 days".formatted(rows.size()), null);
    }
    String clouds =
        stale.stream()
            .map(PriceRow::cloud)
            .collect(Collectors.toCollection(TreeSet::new))
            .toString();
    return new Check(
        "prices",
        stale.size() == rows.size() ? Status.FAILED : Status.UNKNOWN,
        "%d of %d prices are older than 30 days or of unknown age: %s"
            .formatted(stale.size(), rows.size(), clouds),
        "Compare them with the clouds' price lists and bring the price book up to date; GET /prices lists them.");
  }

  private static Check catalog(CatalogReading reading) {
    Instant readAt = reading.readAt();
    if (reading.failedAt() != null) {
      return new Check(
          "price-catalog",
          Status.FAILED,
          "Reading SkyPilot's catalogue failed at %s: %s"
              .formatted(reading.failedAt(), reading.failure()),
          "See that the SkyPilot server answers and that its user may list accelerators; a viewer may not.");
    }
    return readAt == null
        ? new Check(
            "price-catalog",
            Status.UNKNOWN,
            "SkyPilot's catalogue was never read: prices are those of the book",
            "Set wf.skypilot.endpoint for cost-service.")
        : new Check("price-catalog", Status.OK, "SkyPilot's catalogue was read at " + readAt, null);
  }
}
