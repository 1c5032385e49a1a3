package dev.wrinklefree.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns that line up, for a terminal; the last column is never padded. */
public final class Table {

  private static final String GAP = "  ";

  /** A colour takes no room on the terminal. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column heads. */
  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row; an empty cell shows as a hyphen, so that columns can be cut by blanks. */
  public void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(cell.isEmpty() ? "-" : cell);
    }
    rows.add(row);
  }

  /** Whether it has no rows but its head. */
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** All lines. */
  public List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
      }
    }
    return line.toString();
  }

  private static int width(String cell) {
    String shown = COLOUR.matcher(cell).replaceAll("");
    return shown.codePointCount(0, shown.length());
  }
}
