package dev.wrinklefree.cost.api;

import org.jspecify.annotations.Nullable;

/** The most entries of a list. */
final class Limit {

  private static final int DEFAULT = 100;
  private static final int MOST = 1000;

  private Limit() {}

  /**
   * Reads the query parameter {@code limit}.
   *
   * @throws BadQueryException if it is not a whole number from 1 to 1000
   */
  static int read(@Nullable String limit) throws BadQueryException {
    if (limit == null) {
      return DEFAULT;
    }
    try {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with a number that is out of range.
    }
    throw new BadQueryException(
        "limit", "bad-limit", "must be a whole number from 1 to " + MOST + ", not '" + limit + "'");
  }
}
