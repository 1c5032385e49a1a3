package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.progress.LossCourse;
import dev.wrinklefree.monitor.progress.StepCourse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that detectors judge a run by.
 *
 * @param job how its job has gone
 * @param steps how its step has moved
 * @param loss how its loss has moved
 * @param placement where its machines are, if there are any and it is known
 * @param acceleratorsUsed GPUs per node that the program uses; absent where nobody said
 * @param readAt when W&amp;B was read just now; absent if it was not, or is not for this run
 * @param now our time
 */
public record Situation(
    RunId runId,
    JobCourse job,
    StepCourse steps,
    LossCourse loss,
    @Nullable Placement placement,
    @Nullable Integer acceleratorsUsed,
    @Nullable Instant readAt,
    Instant now) {

  /** Since when the job runs on its present machines, if it is told to. */
  Optional<Instant> runningSince() {
    return switch (job.state()) {
      case null -> Optional.empty();
      case RUNNING, WINDING_DOWN -> Optional.ofNullable(job.runningSince());
      case PENDING,
          STARTING,
          RECOVERING,
          CANCELLING,
          UNKNOWN,
          SUCCEEDED,
          CANCELLED,
          FAILED,
          FAILED_SETUP,
          FAILED_PRECHECKS,
          FAILED_NO_RESOURCE,
          FAILED_CONTROLLER ->
          Optional.empty();
    };
  }
}
