package dev.wrinklefree.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Offers;
import dev.wrinklefree.cli.output.TrainingText;
import dev.wrinklefree.contract.event.EventType;
import java.util.Optional;
import java.util.StringJoiner;

/** What an event says, in one sentence. */
public final class Sentence {

  private Sentence() {}

  /** For example {@code RUNNING on nebius/eu-north1, attempt 2 (recovered)}. */
  public static String of(ToldEvent event) {
    JsonNode data = event.data();
    if (data == null) {
      return "cannot be read";
    }
    Optional<EventType> type = EventType.named(event.type());
    if (type.isEmpty()) {
      return event.type().isEmpty() ? "has no type" : "is of type " + event.type();
    }
    return switch (type.get()) {
      case LAUNCH_REQUESTED -> requested(data);
      case CANCEL_REQUESTED -> with("cancel requested", text(data, "reason"));
      case LAUNCH_ACCEPTED -> "accepted: " + what(data);
      case LAUNCH_REJECTED -> rejected(data);
      case LAUNCH_SUBMITTED -> "submitted: SkyPilot job " + text(data, "skypilotJobId");
      case LAUNCH_FAILED -> with("failed", text(data, "message"));
      case JOB_STATE_CHANGED -> state(data);
      case TRAINING_PROGRESSED -> training(data);
      case CHECKPOINT_WRITTEN -> checkpoint(data);
      case COST_UPDATED -> cost(data);
      case RUN_ALERTED ->
          with("alert " + text(data, "code") + " " + text(data, "status"), text(data, "message"));
    };
  }

  private static String requested(JsonNode data) {
    return "requested: " + (data.has("task") ? "a task of its own" : what(data));
  }

  private static String what(JsonNode data) {
    StringJoiner words = new StringJoiner(" ");
    for (String field : new String[] {"template", "model", "mode", "scale"}) {
      if (!text(data, field).isEmpty()) {
        words.add(text(data, field));
      }
    }
    String gpus = Offers.gpus(data.path("accelerators"));
    return words + (gpus.isEmpty() ? "" : " on " + gpus);
  }

  private static String rejected(JsonNode data) {
    StringJoiner why = new StringJoiner("; ");
    for (JsonNode violation : data.path("violations")) {
      String field = text(violation, "field");
      why.add((field.isEmpty() ? "" : field + ": ") + text(violation, "message"));
    }
    return with("rejected", why.toString());
  }

  private static String state(JsonNode data) {
    String place = Offers.place(data.path("placement"));
    String code = text(data.path("reason"), "code");
    return text(data, "state")
        + (place.isEmpty() ? "" : " on " + place)
        + (data.path("placement").path("spot").asBoolean() ? " spot" : "")
        + ", attempt "
        + data.path("attempt").asInt(1)
        + (code.isEmpty() ? "" : " (" + code + ")");
  }

  private static String training(JsonNode data) {
    String figures = TrainingText.line(data);
    return figures.isEmpty() ? "nothing logged yet" : figures;
  }

  private static String checkpoint(JsonNode data) {
    String step = text(data, "step");
    boolean last = "final".equals(text(data, "kind"));
    return (last ? "final checkpoint" : "checkpoint of step " + step)
        + ", "
        + Humane.bytes(data.path("totalBytes").asLong())
        + ", "
        + text(data, "uri");
  }

  private static String cost(JsonNode data) {
    StringJoiner words = new StringJoiner(", ");
    String spent = Humane.money(data.path("spent"));
    words.add(spent.isEmpty() ? "spent is unknown" : "spent " + spent);
    add(words, "%s per hour", data.path("perHour"));
    add(words, "%s at risk", data.path("atRisk"));
    if (data.path("ended").asBoolean()) {
      words.add("final");
    }
    return words.toString();
  }

  private static void add(StringJoiner words, String pattern, JsonNode money) {
    String text = Humane.money(money);
    if (!text.isEmpty()) {
      words.add(pattern.formatted(text));
    }
  }

  private static String with(String what, String detail) {
    return detail.isEmpty() ? what : what + ": " + detail;
  }

  private static String text(JsonNode data, String field) {
    return data.path(field).asText("");
  }
}
