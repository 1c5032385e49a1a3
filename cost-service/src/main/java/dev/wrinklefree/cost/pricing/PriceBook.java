package dev.wrinklefree.cost.pricing;

import dev.wrinklefree.contract.value.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The prices that we know. A machine that is not in it has no price: none is guessed from a similar
 * machine or another region.
 */
public final class PriceBook implements Prices {

  private final List<PriceRow> rows;

  /** A book of these rows, of which no two are the same offer. */
  public PriceBook(List<PriceRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Every offer, in the book's order. */
  @Override
  public List<PriceRow> rows() {
    return rows;
  }

  /**
   * The price of one of the machines at {@code placement}: by instance type in its region, then by
   * instance type in any region, then by accelerators in its region, then by accelerators in any.
   * By accelerators, a known instance type is matched only by rows that hold for any type, since
   * types with the same GPU differ in price; an unknown one is taken for the cheapest, which is
   * what SkyPilot picks.
   *
   * @return empty if the book has no such offer
   */
  @Override
  public Optional<PriceRow> find(Placement placement) {
    Predicate<PriceRow> sameType =
        row ->
            row.instanceType() != null
                && row.instanceType().equals(placement.instanceType())
                && (placement.accelerators() == null
                    || row.accelerators().equals(placement.accelerators()));
    Predicate<PriceRow> sameAccelerators =
        row ->
            row.accelerators().equals(placement.accelerators())
                && (placement.instanceType() == null || row.instanceType() == null);
    return inRegionThenAny(placement, sameType)
        .or(() -> inRegionThenAny(placement, sameAccelerators));
  }

  private Optional<PriceRow> inRegionThenAny(Placement placement, Predicate<PriceRow> matches) {
    return cheapest(
            placement,
            matches.and(
                row -> row.region() != null && Objects.equals(row.region(), placement.region())))
        .or(() -> cheapest(placement, matches.and(row -> row.region() == null)));
  }

  private Optional<PriceRow> cheapest(Placement placement, Predicate<PriceRow> matches) {
    return rows.stream()
        .filter(row -> row.cloud().equals(placement.cloud()) && row.spot() == placement.spot())
        .filter(matches)
        .min(Comparator.comparing(row -> row.perHour().amount()));
  }
}
