package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.sandbox.wandb.graphql.Arguments;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Pages of a project's runs. */
final class RunListing {

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1_000;
  private static final String DEFAULT_ORDER = "+created_at";

  private final RunFields fields;

  RunListing(RunFields fields) {
    this.fields = fields;
  }

  /**
   * One page.
   *
   * @param more whether another follows
   */
  record Page(List<Run> runs, boolean more) {}

  /** The runs that a filter lets through. */
  List<Run> matching(Collection<Run> runs, Arguments arguments) {
    String filters = arguments.text("filters").filter(text -> !text.isBlank()).orElse("{}");
    return runs.stream().filter(new RunFilter(fields).parse(filters)).toList();
  }

  /** The runs after the cursor, filtered and in order. */
  Page page(Collection<Run> runs, Arguments arguments) {
    List<Run> sorted =
        matching(runs, arguments).stream()
            .sorted(order(arguments.text("order").orElse(DEFAULT_ORDER)))
            .toList();
    int from =
        arguments
            .text("after")
            .filter(cursor -> !cursor.isEmpty())
            .map(cursor -> positionAfter(sorted, cursor))
            .orElse(0);
    long asked = arguments.number("first").orElse((long) DEFAULT_PAGE);
    int size = (int) Math.clamp(asked, 1, LARGEST_PAGE);
    int to = Math.min(sorted.size(), from + size);
    return new Page(sorted.subList(from, to), to < sorted.size());
  }

  /** Opaque: the run that was last on the page. */
  static String cursor(Run run) {
    return StorageIds.of("cursor", Integer.toString(run.number()));
  }

  private static int positionAfter(List<Run> runs, String cursor) {
    for (int i = 0; i < runs.size(); i++) {
      if (cursor(runs.get(i)).equals(cursor)) {
        return i + 1;
      }
    }
    throw new GraphQlException("Invalid cursor");
  }

  private Comparator<Run> order(String order) {
    boolean descending = order.startsWith("-");
    String field = order.replaceFirst("^[+-]", "");
    Comparator<Run> byField =
        Comparator.comparing(run -> fields.value(run, field), RunListing::compare);
    return (descending ? byField.reversed() : byField).thenComparingInt(Run::number);
  }

  private static int compare(JsonNode left, JsonNode right) {
    boolean same = (left.isNumber() && right.isNumber()) || (left.isTextual() && right.isTextual());
    // A run without the field comes before all that have it.
    return same
        ? RunFilter.compare(left, right)
        : Boolean.compare(left.isValueNode(), right.isValueNode());
  }
}
