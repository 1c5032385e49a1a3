package dev.wrinklefree.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results as a table for people: a line for each figure, columns as wide as they need be. */
public final class ResultsTable {

  private static final String GAP = "  ";
  private static final List<String> HEADS =
      List.of(
          "suite", "size", "what", "median (spread)", "beside", "its median", "ratio", "goal", "");

  private ResultsTable() {}

  /** The table, with a line for each suite that could not be run below it. */
  public static String of(Results results) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADS);
    results.rows().forEach(row -> lines.add(cells(row)));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder joined = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        joined.append(cell).append(" ".repeat(width(lines, column) - cell.length())).append(GAP);
      }
      text.append(joined.toString().stripTrailing()).append(System.lineSeparator());
    }
    results
        .notHad()
        .forEach((suite, reason) -> text.append("not measured: %s: %s%n".formatted(suite, reason)));
    return text.toString();
  }

  private static List<String> cells(Row row) {
    Optional<Peer> peer = row.peer();
    return List.of(
        row.suite(),
        row.size(),
        row.what(),
        Numbers.of(row.samples(), row.unit()),
        peer.map(Peer::name).orElse(""),
        peer.map(found -> Numbers.of(found.samples(), row.unit())).orElse(""),
        row.ratio().map(ratio -> Numbers.of(ratio, Unit.COUNT)).orElse(""),
        peer.flatMap(Peer::goal).map(Goal::toString).orElse(""),
        row.meetsGoal().map(met -> met ? "met" : "MISSED").orElse(""));
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }
}
