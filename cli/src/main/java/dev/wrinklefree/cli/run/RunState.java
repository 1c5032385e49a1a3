package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.event.JobState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a run is: the launch's word until there is a job, the job's after that. */
public final class RunState {

  private RunState() {}

  /** The word to show, for example {@code RUNNING} or {@code accepted}. */
  public static String word(JsonNode launch, @Nullable JsonNode job) {
    return job == null ? launch.path("status").asText() : job.path("state").asText();
  }

  /** The job's state; {@code UNKNOWN} for a word of a newer service. */
  public static JobState jobState(JsonNode job) {
    String word = job.path("state").asText().toUpperCase(Locale.ROOT);
    for (JobState state : JobState.values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return JobState.UNKNOWN;
  }

  /** Whether the run may still cost money or change. */
  public static boolean isLive(JsonNode launch, @Nullable JsonNode job) {
    if (job != null) {
      return !jobState(job).isTerminal();
    }
    return switch (launch.path("status").asText()) {
      case "failed", "rejected", "cancelled" -> false;
      default -> true;
    };
  }

  /** How a run ended: nothing while it lives. */
  public static @Nullable RunEnd end(JsonNode launch, @Nullable JsonNode job) {
    if (isLive(launch, job)) {
      return null;
    }
    if (job == null) {
      String code = launch.path("failure").path("code").asText("");
      boolean cancelled =
          "cancelled".equals(launch.path("status").asText()) || code.startsWith("cancelled");
      String why = launch.path("failure").path("message").asText(launch.path("status").asText());
      return cancelled ? new RunEnd.Cancelled(why) : new RunEnd.Failed(why);
    }
    String why = job.path("reason").path("text").asText("");
    return switch (jobState(job)) {
      case SUCCEEDED -> new RunEnd.Succeeded();
      case CANCELLED -> new RunEnd.Cancelled(why);
      case FAILED, FAILED_SETUP, FAILED_PRECHECKS, FAILED_NO_RESOURCE, FAILED_CONTROLLER ->
          new RunEnd.Failed(job.path("state").asText() + (why.isEmpty() ? "" : ": " + why));
      case PENDING, STARTING, RUNNING, WINDING_DOWN, RECOVERING, CANCELLING, UNKNOWN ->
          throw new IllegalStateException("a live run has no end");
    };
  }
}
