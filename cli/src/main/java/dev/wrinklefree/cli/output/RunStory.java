package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.event.JobState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One time line of all that the services know of a run. */
public final class RunStory {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Style style;

  /** Tells it in this style. */
  public RunStory(Style style) {
    this.style = style;
  }

  private record Moment(Instant at, String what, String detail) {}

  /** The head, the time line in UTC, and the money. */
  public List<String> lines(
      JsonNode launch, @Nullable JsonNode job, JsonNode checkpoints, @Nullable JsonNode cost) {
    List<Moment> moments = new ArrayList<>();
    addLaunch(moments, launch);
    if (job != null) {
      addStates(moments, job);
    }
    addCheckpoints(moments, checkpoints);
    moments.sort(Comparator.comparing(Moment::at));

    List<String> lines = new ArrayList<>(head(launch));
    Table table = new Table("TIME (UTC)", "WHAT", "DETAIL");
    for (Moment moment : moments) {
      table.row(CLOCK.format(moment.at()), moment.what(), moment.detail());
    }
    lines.addAll(table.lines());
    if (cost != null) {
      lines.add("");
      lines.addAll(CostStory.lines(cost));
    }
    return lines;
  }

  private static List<String> head(JsonNode launch) {
    JsonNode gpus = launch.path("accelerators");
    List<String> lines = new ArrayList<>();
    lines.add(
        launch.path("runId").asText()
            + "  "
            + launch.path("model").asText()
            + " "
            + launch.path("mode").asText()
            + (gpus.isMissingNode()
                ? ""
                : " on " + gpus.path("type").asText() + ":" + gpus.path("count").asText()));
    String prefix = launch.path("checkpointPrefix").asText("");
    if (!prefix.isEmpty()) {
      lines.add("gs://" + launch.path("bucket").asText() + "/" + prefix);
    }
    lines.add("");
    return lines;
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
