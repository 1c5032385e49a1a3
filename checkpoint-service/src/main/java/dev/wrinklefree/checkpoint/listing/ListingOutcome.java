package dev.wrinklefree.checkpoint.listing;

/** How a listing went. */
public sealed interface ListingOutcome {

  /** The sink has seen every object. */
  record Listed() implements ListingOutcome {}

  /**
   * What the bucket holds is not known; nothing may be concluded from it.
   *
   * @param code why, for a person and for a metric: {@code http-<status>}, {@code unreachable},
   *     {@code broken-answer} or {@code zonal-bucket}
   * @param detail one line
   */
  record Unknown(String code, String detail) implements ListingOutcome {

    private static final String TOO_MANY_REQUESTS = "http-429";
    private static final String SERVER_ERROR = "http-5";
    static final String UNREACHABLE = "unreachable";

    /** Whether any other listing of the bucket would most likely fail now, too. */
    public boolean concernsWholeBucket() {
      return code.equals(UNREACHABLE)
          || code.equals(TOO_MANY_REQUESTS)
          || code.startsWith(SERVER_ERROR);
    }
  }
}
