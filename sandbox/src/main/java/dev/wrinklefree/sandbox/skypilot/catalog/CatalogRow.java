package dev.wrinklefree.sandbox.skypilot.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine with its prices, in the order of the catalogue's columns. */
record CatalogRow(
    String cloud,
    String instanceType,
    String accelerator,
    int count,
    int vcpus,
    int deviceMemoryGib,
    int memoryGib,
    @Nullable BigDecimal price,
    @Nullable BigDecimal spotPrice,
    String region) {

  private static final int COLUMNS = 10;

  static CatalogRow parse(String line) {
    List<String> columns = List.of(line.split(",", -1));
    if (columns.size() != COLUMNS) {
      throw new IllegalStateException("the catalogue has a row of other columns: " + line);
    }
    return new CatalogRow(
        columns.get(0),
        columns.get(1),
        columns.get(2),
        Integer.parseInt(columns.get(3)),
        Integer.parseInt(columns.get(4)),
        Integer.parseInt(columns.get(5)),
        Integer.parseInt(columns.get(6)),
        decimal(columns.get(7)),
        decimal(columns.get(8)),
        columns.get(9));
  }

  /** As the server sends a named tuple: a list. Counts and sizes are Python floats. */
  ArrayNode json() {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(cloud)
        .add(instanceType)
        .add(accelerator)
        .add((double) count)
        .add((double) vcpus)
        .add((double) deviceMemoryGib)
        .add((double) memoryGib)
        .add(price)
        .add(spotPrice)
        .add(region);
  }

  private static @Nullable BigDecimal decimal(String column) {
    return column.isEmpty() ? null : new BigDecimal(column);
  }
}
