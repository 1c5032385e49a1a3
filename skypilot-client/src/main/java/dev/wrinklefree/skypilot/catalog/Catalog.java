package dev.wrinklefree.skypilot.catalog;

import java.util.List;

/**
 * What the server's catalogue says of some accelerators.
 *
 * @param offers in the server's order
 * @param unreadable rows of another shape, which were left out
 */
public record Catalog(List<CatalogOffer> offers, int unreadable) {

  /** Copies the list. */
  public Catalog {
    offers = List.copyOf(offers);
  }
}
