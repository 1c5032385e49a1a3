package dev.wrinklefree.sandbox.skypilot.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's catalogue of machines with accelerators. */
public final class PriceCatalog {

  private static final String RESOURCE = "catalog.csv";

  private final List<CatalogRow> rows;

  private PriceCatalog(List<CatalogRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Reads the catalogue that ships with the sandbox. */
  public static PriceCatalog load() {
    InputStream resource = PriceCatalog.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IllegalStateException(RESOURCE + " is not on the class path");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return new PriceCatalog(
          reader
              .lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .skip(1)
              .map(CatalogRow::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows that the query asks for, by accelerator. */
  public JsonNode answer(PriceQuery query) {
    Map<String, List<CatalogRow>> byAccelerator =
        rows.stream()
            .filter(query::matches)
            .collect(
                Collectors.groupingBy(
                    CatalogRow::accelerator, LinkedHashMap::new, Collectors.toList()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    byAccelerator.forEach(
        (accelerator, found) -> {
          var list = answer.putArray(accelerator);
          shown(found, query).forEach(row -> list.add(row.json()));
        });
    return answer;
  }

  /** Unless all regions are asked for, each machine is shown where it is cheapest. */
  private static Iterable<CatalogRow> shown(List<CatalogRow> found, PriceQuery query) {
    if (query.allRegions()) {
      return found;
    }
    Map<String, CatalogRow> cheapest = new LinkedHashMap<>();
    found.stream()
        .sorted(
            Comparator.comparing(
                CatalogRow::price, Comparator.nullsLast(Comparator.naturalOrder())))
        .forEach(row -> cheapest.putIfAbsent(row.cloud() + "/" + row.instanceType(), row));
    return cheapest.values();
  }
}
