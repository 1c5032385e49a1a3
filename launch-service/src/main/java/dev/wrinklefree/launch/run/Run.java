package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is recorded of a run.
 *
 * @param runId the run
 * @param origin the event that first requested it
 * @param digest {@link RequestDigest} of that request
 * @param accepted the answer; null if it was rejected
 * @param taskYaml the rendered task; null if it was rejected
 * @param answerEventId id of the event that accepted or rejected it
 * @param answeredAt when it was accepted or rejected
 * @param state where it is now
 * @param failures tries in a row that brought it no further
 */
public record Run(
    RunId runId,
    RequestOrigin origin,
    String digest,
    @Nullable LaunchAccepted accepted,
    @Nullable String taskYaml,
    String answerEventId,
    Instant answeredAt,
    RunState state,
    int failures) {

  /** Names the run only: the task's variables are nobody's business in a log. */
  @Override
  public String toString() {
    return "Run[" + runId + ", " + state.word() + "]";
  }
}
