package dev.wrinklefree.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of metrics in {@code docs/operations.md}. */
final class DocumentedMetrics {

  /** A row: {@code | `name{tags}` | launch, cost | always | …}; "all" means each service. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z_]+)(?:\\{[^}]*})?` \\| ([a-z, ]+) \\| (always|later) \\| (histogram|summary|counter|gauge) \\|.*",
          Pattern.MULTILINE);

  private DocumentedMetrics() {}

  /**
   * A row.
   *
   * @param services that have it, without {@code -service}
   * @param always whether it is there before anything has happened
   * @param type by the words of Prometheus
   */
  record Row(String name, Set<String> services, boolean always, String type) {}

  static List<Row> read() throws IOException {
    List<Row> rows = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
    while (row.find()) {
      Set<String> services =
          row.group(2).equals("all")
              ? Set.of("launch", "monitor", "checkpoint", "cost")
              : Set.of(row.group(2).split(", "));
      rows.add(new Row(row.group(1), services, row.group(3).equals("always"), row.group(4)));
    }
    return rows;
  }
}
