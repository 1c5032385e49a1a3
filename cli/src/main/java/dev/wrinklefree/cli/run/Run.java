package dev.wrinklefree.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What two services know of one run.
 *
 * @param runId the run
 * @param launch launch-service's answer
 * @param job monitor-service's answer; absent until it knows the run
 */
public record Run(String runId, JsonNode launch, @Nullable JsonNode job) {

  /** The monitor knows a run from its acceptance on; there is a job once it has a state. */
  static boolean hasState(JsonNode known) {
    return known.has("state");
  }

  /** The word to show for where it is. */
  public String stateWord() {
    return RunState.word(launch, job);
  }

  /** Whether the run may still cost money or change. */
  public boolean isLive() {
    return RunState.isLive(launch, job);
  }

  /** How it ended; absent while it lives. */
  public @Nullable RunEnd end() {
    return RunState.end(launch, job);
  }
}
