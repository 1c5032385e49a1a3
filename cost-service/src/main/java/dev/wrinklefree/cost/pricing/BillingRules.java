package dev.wrinklefree.cost.pricing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The least time that a cloud bills for each start of a machine. */
public final class BillingRules {

  private static final List<String> HEADER = List.of("cloud", "minimum_seconds", "source");

  private final Map<String, Duration> minimums;

  private BillingRules(Map<String, Duration> minimums) {
    this.minimums = Map.copyOf(minimums);
  }

  /**
   * Reads the lines of a table.
   *
   * @param table the file's name, for errors
   * @throws MalformedTableException if a line is wrong or a cloud is there twice
   */
  public static BillingRules parse(String table, List<String> lines) {
    Map<String, Duration> minimums = new HashMap<>();
    for (CsvTable.Row row : CsvTable.parse(table, lines, HEADER).rows()) {
      row.text("source");
      Duration minimum = Duration.ofSeconds(row.wholeNumber("minimum_seconds", 0));
      if (minimums.put(row.lowerCaseName("cloud"), minimum) != null) {
        throw row.malformed("cloud", "is there twice");
      }
    }
    return new BillingRules(minimums);
  }

  /**
   * The least time billed for one start.
   *
   * @param cloud lower-case cloud name, where known
   * @return zero for a cloud without a known minimum
   */
  public Duration minimumFor(@Nullable String cloud) {
    return cloud == null ? Duration.ZERO : minimums.getOrDefault(cloud, Duration.ZERO);
  }
}
