package dev.wrinklefree.cost.pricing;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a price book strictly: one bad row and there is no book. */
public final class PriceBookParser {

  /** The columns, in order. */
  public static final List<String> HEADER =
      List.of(
          "cloud",
          "region",
          "instance_type",
          "accelerator",
          "count",
          "spot",
          "per_hour",
          "currency",
          "source",
          "as_of");

  /** Figures are added up, so all prices are in one currency. */
  private static final String CURRENCY = "USD";

  private PriceBookParser() {}

  /**
   * Reads the lines of a book.
   *
   * @param table the file's name, for errors
   * @throws MalformedTableException if a line is wrong, an offer is there twice, or there is none
   */
  public static PriceBook parse(String table, List<String> lines) {
    List<PriceRow> offers = new ArrayList<>();
    Map<OfferKey, Integer> lineOf = new HashMap<>();
    for (CsvTable.Row row : CsvTable.parse(table, lines, HEADER).rows()) {
      PriceRow offer = offer(row);
      Integer earlier = lineOf.putIfAbsent(OfferKey.of(offer), row.line());
      if (earlier != null) {
        throw new MalformedTableException(
            table, row.line(), "is the same offer as line " + earlier);
      }
      offers.add(offer);
    }
    if (offers.isEmpty()) {
      throw new MalformedTableException(table, lines.size(), "there is no offer in the book");
    }
    return new PriceBook(offers);
  }

  private static PriceRow offer(CsvTable.Row row) {
    if (!row.text("currency").equals(CURRENCY)) {
      throw row.malformed("currency", "must be " + CURRENCY + ", since figures are added up");
    }
    return new PriceRow(
        row.lowerCaseName("cloud"),
        row.textOrAny("region"),
        row.textOrAny("instance_type"),
        new Accelerators(row.text("accelerator"), row.wholeNumber("count", 1)),
        row.flag("spot"),
        new Money(row.positiveDecimal("per_hour", Money.COMPUTED_SCALE), CURRENCY),
        row.text("source"),
        row.dateOrEmpty("as_of"));
  }

  private record OfferKey(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      Accelerators accelerators,
      boolean spot) {

    static OfferKey of(PriceRow row) {
      return new OfferKey(
          row.cloud(), row.region(), row.instanceType(), row.accelerators(), row.spot());
    }
  }
}
