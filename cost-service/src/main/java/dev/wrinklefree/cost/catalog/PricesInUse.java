package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.pricing.Prices;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The prices of now: those of a price book of the operator's own first, which may hold what was
 * agreed with a cloud; then the catalogue's, as far as they are believed; then the shipped book's.
 */
public final class PricesInUse implements Prices {

  private final PriceBook book;
  private final boolean bookFirst;
  private final Supplier<List<PriceRow>> catalog;

  /**
   * @param book the price book
   * @param bookFirst whether it goes before the catalogue
   * @param catalog what is believed of the catalogue, read anew for each question
   */
  public PricesInUse(PriceBook book, boolean bookFirst, Supplier<List<PriceRow>> catalog) {
    this.book = book;
    this.bookFirst = bookFirst;
    this.catalog = catalog;
  }

  @Override
  public Optional<PriceRow> find(Placement placement) {
    return layers().map(layer -> layer.find(placement)).flatMap(Optional::stream).findFirst();
  }

  @Override
  public List<PriceRow> rows() {
    Map<Offer, PriceRow> rows = new LinkedHashMap<>();
    layers()
        .flatMap(layer -> layer.rows().stream())
        .forEach(row -> rows.putIfAbsent(Offer.of(row), row));
    return List.copyOf(rows.values());
  }

  private Stream<PriceBook> layers() {
    PriceBook read = new PriceBook(catalog.get());
    return bookFirst ? Stream.of(book, read) : Stream.of(read, book);
  }

  private record Offer(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      Accelerators accelerators,
      boolean spot) {

    static Offer of(PriceRow row) {
      return new Offer(
          row.cloud(), row.region(), row.instanceType(), row.accelerators(), row.spot());
    }
  }
}
