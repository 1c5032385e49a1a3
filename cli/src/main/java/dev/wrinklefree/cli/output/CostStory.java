package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a run has cost, and on which prices that rests. */
final class CostStory {

  private CostStory() {}

  static List<String> lines(JsonNode cost) {
    List<String> lines = new ArrayList<>();
    String spent = Humane.money(cost.path("spent"));
    String perHour = Humane.money(cost.path("perHour"));
    String bound = "partial".equals(cost.path("pricing").asText()) ? " or more" : "";
    lines.add(
        "Cost: "
            + (spent.isEmpty() ? "unknown" : spent + bound)
            + (perHour.isEmpty() ? "" : ", now " + perHour + " per hour"));
    Table table = new Table("MACHINES", "FOR", "AT", "MONEY", "PRICE FROM");
    for (JsonNode interval : cost.path("intervals")) {
      String rate = Humane.money(interval.path("perHour"));
      table.row(
          machines(interval),
          Humane.duration(Duration.ofSeconds(interval.path("seconds").asLong())),
          rate.isEmpty() ? "unknown" : rate + "/h",
          interval.has("amount") ? Humane.money(interval.get("amount")) : "unknown",
          priceSource(interval));
    }
    if (!table.isEmpty()) {
      lines.addAll(table.lines());
    }
    if (cost.path("stalePrice").asBoolean()) {
      lines.add("A price above is more than 30 days old: take the figures as estimates.");
    }
    return lines;
  }

  private static String machines(JsonNode interval) {
    JsonNode gpus = interval.path("accelerators");
    String nodes =
        interval.path("nodes").asInt(1) > 1 ? interval.get("nodes").asText() + " x " : "";
    return nodes
        + interval.path("cloud").asText("?")
        + (gpus.isMissingNode()
            ? ""
            : " " + gpus.path("type").asText() + ":" + gpus.path("count").asText())
        + (interval.path("spot").asBoolean() ? " spot" : "");
  }

  private static String priceSource(JsonNode interval) {
    String source = interval.path("priceSource").asText("");
    return source.isEmpty() ? "" : source + ", " + interval.path("priceDate").asText();
  }
}
