package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.cost.pricing.PriceRow;
import java.util.List;

/**
 * What a reading of the catalogue gave.
 *
 * @param believed prices that may be used, each offer once
 * @param refused prices that are not believed
 */
public record Screened(List<PriceRow> believed, List<Refused> refused) {

  /** Copies the lists. */
  public Screened {
    believed = List.copyOf(believed);
    refused = List.copyOf(refused);
  }

  /**
   * A price that is not believed.
   *
   * @param row the price as the catalogue has it
   * @param rule why not
   * @param reason the same in one sentence, with the figures
   */
  public record Refused(PriceRow row, Rule rule, String reason) {}
}
