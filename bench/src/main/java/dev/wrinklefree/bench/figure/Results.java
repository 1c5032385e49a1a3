package dev.wrinklefree.bench.figure;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that one call of the benchmark measured.
 *
 * @param at when it began
 * @param machine what it ran on, as names and values for people
 * @param rows the figures, in the order in which they were measured
 * @param notHad suites that could not be run, with the reason
 */
public record Results(
    Instant at, Map<String, String> machine, List<Row> rows, Map<String, String> notHad) {

  /** Copies the lists. */
  public Results {
    rows = List.copyOf(rows);
  }

  /** Whether no goal was missed. */
  public boolean meetsAllGoals() {
    return rows.stream().allMatch(row -> row.meetsGoal().orElse(true));
  }
}
