package dev.wrinklefree.cost.focus;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export holds.
 *
 * @param rows one per charge
 * @param unpriced machines in that time whose price is unknown: they have no row, since a cost of
 *     FOCUS must not be null and zero would be wrong
 */
public record FocusExport(List<FocusRow> rows, List<Unpriced> unpriced) {

  /** Copies the lists. */
  public FocusExport {
    rows = List.copyOf(rows);
    unpriced = List.copyOf(unpriced);
  }

  /**
   * Machines without a price.
   *
   * @param runId whose they are
   * @param from inclusive
   * @param to exclusive
   * @param cloud where they are, if that is known
   */
  public record Unpriced(String runId, Instant from, Instant to, @Nullable String cloud) {}
}
