package dev.wrinklefree.skypilot.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the question of {@code /list_accelerators} and reads its answer: by accelerator, a list of
 * rows {@code [cloud, instance_type, accelerator, count, cpus, device_memory, memory, price,
 * spot_price, region]}.
 */
public final class CatalogMessages {
  /** No character of these means anything in a regular expression. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final int CLOUD = 0;
  private static final int INSTANCE_TYPE = 1;
  private static final int ACCELERATOR = 2;
  private static final int COUNT = 3;
  private static final int PRICE = 7;
  private static final int SPOT_PRICE = 8;
  private static final int REGION = 9;

  private CatalogMessages() {}

  /**
   * Adds the question. Without {@code all_regions} the server would answer with the cheapest region
   * only, and without {@code require_price} GCP's rows would be of the GPUs without their host.
   *
   * @throws IllegalArgumentException if there is no name, or one is no accelerator's
   */
  public static void write(Collection<String> accelerators, ObjectNode body) {
    if (accelerators.isEmpty()) {
      throw new IllegalArgumentException("no accelerators");
    }
    for (String name : accelerators) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not an accelerator's name: " + name);
      }
    }
    // The server searches for the expression anywhere in a name: L4 alone would find L40S.
    body.put("name_filter", "^(" + String.join("|", accelerators) + ")$")
        .put("gpus_only", true)
        .put("all_regions", true)
        .put("require_price", true)
        .put("case_sensitive", true);
  }

  /** The rows, if the answer has the shape of one. */
  public static Optional<Catalog> read(JsonNode result) {
    if (!result.isObject()) {
      return Optional.empty();
    }
    List<CatalogOffer> offers = new ArrayList<>();
    int unreadable = 0;
    for (JsonNode rows : result) {
      for (JsonNode row : rows) {
        Optional<CatalogOffer> offer = offer(row);
        offer.ifPresent(offers::add);
        unreadable += offer.isPresent() ? 0 : 1;
      }
    }
    return Optional.of(new Catalog(offers, unreadable));
  }

  private static Optional<CatalogOffer> offer(JsonNode row) {
    String cloud = text(row, CLOUD);
    String accelerator = text(row, ACCELERATOR);
    BigDecimal count = number(row, COUNT);
    return cloud == null || accelerator == null || count == null || !row.has(REGION)
        ? Optional.empty()
        : Optional.of(
            new CatalogOffer(
                cloud,
                text(row, INSTANCE_TYPE),
                accelerator,
                count,
                number(row, PRICE),
                number(row, SPOT_PRICE),
                text(row, REGION)));
  }

  private static @Nullable String text(JsonNode row, int column) {
    JsonNode value = row.path(column);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
  }

  /** A missing price is null, or Python's NaN. */
  private static @Nullable BigDecimal number(JsonNode row, int column) {
    JsonNode value = row.path(column);
    return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.decimalValue() : null;
  }
}
