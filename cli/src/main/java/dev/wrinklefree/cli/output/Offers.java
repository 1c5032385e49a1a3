package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Machines that a run could have, with their prices. */
public final class Offers {

  private Offers() {}

  /**
   * An estimate: how long, then offers in the service's order.
   *
   * @param spot limits them to interruptible machines or to others; null for both
   */
  public static List<String> lines(JsonNode estimate, @Nullable Boolean spot) {
    List<String> lines = new ArrayList<>();
    String hours = Humane.decimal(estimate.path("hours"));
    lines.add(
        estimate.path("model").asText()
            + " on "
            + estimate.path("scale").asText()
            + ": "
            + (hours.isEmpty()
                ? "how long it takes is not known"
                : "about " + hours + " h (" + estimate.path("hoursSource").asText() + ")"));
    lines.addAll(table(estimate.path("offers"), spot, false));
    return lines;
  }

  /**
   * A table of offers.
   *
   * @param difference whether they tell how they differ from what the run has
   */
  public static List<String> table(JsonNode offers, @Nullable Boolean spot, boolean difference) {
    List<String> heads =
        new ArrayList<>(List.of("CLOUD", "MACHINE", "GPUS", "SPOT", "PER HOUR", "TOTAL"));
    if (difference) {
      heads.add("DIFFERENCE");
    }
    heads.add("PRICE FROM");
    Table table = new Table(heads.toArray(String[]::new));
    boolean stale = false;
    for (JsonNode offer : offers) {
      if (spot != null && offer.path("spot").asBoolean() != spot) {
        continue;
      }
      stale |= offer.path("stale").asBoolean();
      List<String> cells =
          new ArrayList<>(
              List.of(
                  place(offer),
                  offer.path("instanceType").asText(""),
                  gpus(offer.path("accelerators")),
                  offer.path("spot").asBoolean() ? "spot" : "no",
                  Humane.money(offer.path("perHour")),
                  Humane.money(offer.path("total"))));
      if (difference) {
        cells.add(signed(offer.path("difference")));
      }
      cells.add(source(offer));
      table.row(cells.toArray(String[]::new));
    }
    if (table.isEmpty()) {
      return List.of("No price is known for such machines.");
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (stale) {
      lines.add("A price marked old was read more than 30 days ago: take it as an estimate.");
    }
    return lines;
  }

  /** For example {@code H100:4}; "" for none. */
  public static String gpus(JsonNode accelerators) {
    return accelerators.path("type").isTextual()
        ? accelerators.path("type").asText() + ":" + accelerators.path("count").asText()
        : "";
  }

  /** For example {@code gcp/us-east4}; "" for none. */
  public static String place(JsonNode placement) {
    String region = placement.path("region").asText("");
    return placement.path("cloud").asText("") + (region.isEmpty() ? "" : "/" + region);
  }

  private static String signed(JsonNode money) {
    String text = Humane.money(money);
    return text.isEmpty() || text.startsWith("-") ? text : "+" + text;
  }

  private static String source(JsonNode offer) {
    String date = offer.path("priceDate").asText("");
    return offer.path("priceSource").asText("")
        + (date.isEmpty() ? "" : ", " + date)
        + (offer.path("stale").asBoolean() ? " (old)" : "");
  }
}
