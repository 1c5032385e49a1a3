package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.run.RunFacts;
import dev.wrinklefree.contract.event.JobState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One time line of all that the services know of a run. */
public final class RunStory {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Style style;
  private final Instant now;

  /**
   * Tells it in this style.
   *
   * @param now for what is told as so long ago
   */
  public RunStory(Style style, Instant now) {
    this.style = style;
    this.now = now;
  }

  private record Moment(Instant at, String what, String detail) {}

  /** The head, the time line in UTC, the training, what is wrong, and the money. */
  public List<String> lines(RunFacts facts) {
    List<Moment> moments = new ArrayList<>();
    addLaunch(moments, facts.run().launch());
    if (facts.run().job() != null) {
      addStates(moments, facts.run().job());
    }
    addCheckpoints(moments, facts.checkpoints());
    addAlerts(moments, facts.alerts());
    moments.sort(Comparator.comparing(Moment::at));

    List<String> lines = new ArrayList<>(head(facts.run().launch()));
    Table table = new Table("TIME (UTC)", "WHAT", "DETAIL");
    for (Moment moment : moments) {
      table.row(CLOCK.format(moment.at()), moment.what(), moment.detail());
    }
    lines.addAll(table.lines());
    addTraining(lines, facts.progress());
    addOpenAlerts(lines, facts.alerts());
    if (facts.cost() != null) {
      lines.add("");
      lines.addAll(CostStory.lines(facts.cost()));
    }
    return lines;
  }

  private static List<String> head(JsonNode launch) {
    List<String> lines = new ArrayList<>();
    StringJoiner what = new StringJoiner(" ");
    for (String field : List.of("model", "mode")) {
      String word = launch.path(field).asText("");
      if (!word.isEmpty()) {
        what.add(word);
      }
    }
    if (what.length() == 0) {
      what.add(launch.path("name").asText(""));
    }
    String gpus = Offers.gpus(launch.path("accelerators"));
    lines.add(launch.path("runId").asText() + "  " + what + (gpus.isEmpty() ? "" : " on " + gpus));
    String prefix = launch.path("checkpointPrefix").asText("");
    if (!prefix.isEmpty()) {
      lines.add("gs://" + launch.path("bucket").asText() + "/" + prefix);
    }
    String resumedFrom = launch.path("resumedFrom").asText("");
    if (!resumedFrom.isEmpty()) {
      lines.add("goes on from " + resumedFrom);
    }
    lines.add("");
    return lines;
  }

  private void addTraining(List<String> lines, @Nullable JsonNode progress) {
    if (progress == null) {
      return;
    }
    lines.add("");
    String figures = TrainingText.line(progress);
    String at = Humane.ago(progress.path("heartbeatAt"), now);
    lines.add(
        "Training: "
            + (figures.isEmpty() ? "nothing logged yet" : figures)
            + (at.isEmpty() ? "" : " (W&B heard of it " + at + ")"));
    String url = progress.path("url").asText("");
    if (!url.isEmpty()) {
      lines.add("  " + url);
    }
  }

  private void addOpenAlerts(List<String> lines, JsonNode alerts) {
    boolean first = true;
    for (JsonNode alert : alerts) {
      if (!AlertText.isOpen(alert)) {
        continue;
      }
      if (first) {
        lines.add("");
        first = false;
      }
      lines.add(
          style.colour(AlertText.colour(alert), "Alert " + alert.path("code").asText())
              + ": "
              + alert.path("message").asText());
      lines.add("  " + alert.path("suggestion").asText());
    }
  }

  private void addAlerts(List<Moment> moments, JsonNode alerts) {
    for (JsonNode alert : alerts) {
      String code = alert.path("code").asText();
      add(
          moments,
          alert.path("raisedAt"),
          style.colour(AlertText.colour(alert), "alert"),
          code + ": " + alert.path("message").asText());
      add(moments, alert.path("clearedAt"), "alert cleared", code);
    }
  }

  private void addLaunch(List<Moment> moments, JsonNode launch) {
    add(moments, launch.path("requestedAt"), "requested", launch.path("owner").asText(""));
    String status = launch.path("status").asText();
    if ("rejected".equals(status)) {
      for (JsonNode violation : launch.path("violations")) {
        add(
            moments,
            launch.path("answeredAt"),
            style.colour("red", "rejected"),
            violation.path("message").asText());
      }
    } else {
      add(moments, launch.path("answeredAt"), "accepted", launch.path("name").asText());
    }
    JsonNode submitted = launch.path("submittedAt");
    if (launch.has("skypilotJobId")) {
      add(moments, submitted, "submitted", "SkyPilot job " + launch.get("skypilotJobId").asText());
    }
    add(moments, launch.path("cancelRequestedAt"), "cancel requested", "");
    JsonNode failure = launch.path("failure");
    add(
        moments,
        failure.path("at"),
        style.colour("red", "failed"),
        failure.path("message").asText(""));
  }

  private void addStates(List<Moment> moments, JsonNode job) {
    for (JsonNode change : job.path("history")) {
      String word = change.path("state").asText();
      JobState state =
          java.util.Arrays.stream(JobState.values())
              .filter(s -> s.name().equals(word))
              .findFirst()
              .orElse(JobState.UNKNOWN);
      int attempt = change.path("attempt").asInt(1);
      String reason = change.path("reason").path("text").asText("");
      add(
          moments,
          change.path("at"),
          style.state(state, word),
          reason + (attempt > 1 ? (reason.isEmpty() ? "" : "; ") + "attempt " + attempt : ""));
    }
  }

  private static void addCheckpoints(List<Moment> moments, JsonNode checkpoints) {
    for (JsonNode checkpoint : checkpoints) {
      boolean last = "final".equals(checkpoint.path("kind").asText());
      String step = checkpoint.has("step") ? "step " + checkpoint.get("step").asText() : "";
      int revision = checkpoint.path("revision").asInt(1);
      add(
          moments,
          checkpoint.path("writtenAt"),
          "checkpoint",
          (last ? "final" : step)
              + ", "
              + Humane.bytes(checkpoint.path("totalBytes").asLong())
              + (revision > 1 ? ", written again (revision " + revision + ")" : ""));
    }
  }

  private static void add(List<Moment> moments, JsonNode at, String what, String detail) {
    if (at.isTextual()) {
      moments.add(new Moment(Instant.parse(at.asText()), what, detail));
    }
  }
}
