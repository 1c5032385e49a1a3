package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What a run has cost, and on which prices that rests. */
public final class CostStory {

  private CostStory() {}

  /** The sum, where it went, and what is to be known about it. */
  public static List<String> lines(JsonNode cost) {
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
    JsonNode earlier = cost.path("earlier");
    if (earlier.isObject()) {
      lines.add(
          "Before these: "
              + Humane.money(earlier.path("amount"))
              + " on "
              + earlier.path("count").asText()
              + " machines.");
    }
    addFigures(lines, cost);
    return lines;
  }

  private static void addFigures(List<String> lines, JsonNode cost) {
    add(lines, "At risk: %s would be lost if the machines went away now.", cost.path("atRisk"));
    add(lines, "Lost: %s went away with machines.", cost.path("lost"));
    if (!cost.path("ended").asBoolean()) {
      add(lines, "Forecast: %s when it is done.", cost.path("forecast"));
    }
    addQuote(lines, cost.path("quote"));
    addBudget(lines, cost.path("budget"));
    JsonNode unit = cost.path("unitCosts");
    StringJoiner per = new StringJoiner(", ");
    addUnit(per, "%s per checkpoint", unit.path("perCheckpoint"));
    addUnit(per, "%s per 1,000 steps", unit.path("perThousandSteps"));
    addUnit(per, "%s per million tokens", unit.path("perMillionTokens"));
    if (per.length() > 0) {
      lines.add("Bought: " + per + ".");
    }
    addAdvice(lines, cost.path("advice"));
  }

  private static void addQuote(List<String> lines, JsonNode quote) {
    if (quote.isObject()) {
      lines.add(
          "Quoted: "
              + Humane.money(quote.path("total"))
              + " for "
              + Humane.decimal(quote.path("hours"))
              + " h ("
              + quote.path("hoursSource").asText()
              + ") at "
              + Humane.money(quote.path("perHour"))
              + "/h on "
              + Offers.place(quote)
              + " ("
              + priceSource(quote)
              + ").");
    }
  }

  private static void addBudget(List<String> lines, JsonNode budget) {
    if (budget.isObject()) {
      String over = Humane.money(budget.path("overshoot"));
      lines.add(
          "Budget: "
              + budget.path("level").asText()
              + " "
              + Humane.money(budget.path("limit"))
              + (over.isEmpty() ? "" : ", over by " + over)
              + "; when passed: "
              + budget.path("action").asText()
              + ".");
    }
  }

  private static void addAdvice(List<String> lines, JsonNode advice) {
    if (advice.isObject()) {
      lines.add(
          "Advice: a checkpoint every "
              + seconds(advice.path("advisedSeconds"))
              + " (now every "
              + seconds(advice.path("intervalSeconds"))
              + "): that would save "
              + Humane.money(advice.path("wastedPerHour"))
              + " per hour.");
    }
  }

  private static String seconds(JsonNode seconds) {
    return Humane.duration(Duration.ofSeconds(seconds.asLong()));
  }

  private static void add(List<String> lines, String sentence, JsonNode money) {
    String text = Humane.money(money);
    if (!text.isEmpty()) {
      lines.add(sentence.formatted(text));
    }
  }

  private static void addUnit(StringJoiner per, String pattern, JsonNode money) {
    String text = Humane.money(money);
    if (!text.isEmpty()) {
      per.add(pattern.formatted(text));
    }
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
