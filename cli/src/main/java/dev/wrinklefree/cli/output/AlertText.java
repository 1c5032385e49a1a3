package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with runs, and what to do. */
public final class AlertText {

  private AlertText() {}

  /** Whether it was not cleared yet. */
  public static boolean isOpen(JsonNode alert) {
    return !alert.path("clearedAt").isTextual();
  }

  /** The colour of its severity. */
  public static String colour(JsonNode alert) {
    if (!isOpen(alert)) {
      return "green";
    }
    return "critical".equals(alert.path("severity").asText()) ? "red" : "yellow";
  }

  /** A table of them; each that is open is followed by what to do. */
  public static List<String> lines(JsonNode alerts, Style style, Instant now) {
    Table table = new Table("RUN", "ALERT", "SEVERITY", "RAISED", "CLEARED", "WHAT");
    for (JsonNode alert : alerts) {
      table.row(
          alert.path("runId").asText(),
          style.colour(colour(alert), alert.path("code").asText()),
          alert.path("severity").asText(""),
          Humane.ago(alert.path("raisedAt"), now),
          Humane.ago(alert.path("clearedAt"), now),
          alert.path("message").asText(""));
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (JsonNode alert : alerts) {
      if (isOpen(alert)) {
        lines.add(
            alert.path("runId").asText()
                + ", "
                + alert.path("code").asText()
                + ": "
                + alert.path("suggestion").asText());
      }
    }
    return lines;
  }
}
