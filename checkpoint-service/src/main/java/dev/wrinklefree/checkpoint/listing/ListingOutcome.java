package dev.wrinklefree.checkpoint.listing;

/** How a listing went. */
public sealed interface ListingOutcome {

  /** The sink has seen every object. */
  record Listed() implements ListingOutcome {}

  /**
   * What the bucket holds is not known; nothing may be concluded from it.
   *
   * @param code why, for a person and for a metric: {@code http-<status>}, {@code unreachable} or
   *     {@code zonal-bucket}
   * @param detail one line
   */
  record Unknown(String code, String detail) implements ListingOutcome {}
}
