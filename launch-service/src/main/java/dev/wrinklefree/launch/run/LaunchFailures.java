package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.value.RunId;

/** The ends of a run that never became a job, as events. */
public final class LaunchFailures {

  /** Code of a run whose cancel came before its submission. */
  public static final String CANCELLED = "cancelled-before-submit";

  private LaunchFailures() {}

  /**
   * A cancel came first.
   *
   * @param attempts submits that were tried, all in vain
   */
  public static LaunchFailed cancelledBeforeSubmit(RunId runId, int attempts) {
    return new LaunchFailed(
        runId, CANCELLED, "The run was cancelled before it was submitted.", attempts);
  }

  /** It failed. */
  public static LaunchFailed of(RunId runId, RunState.Failed failed) {
    return new LaunchFailed(runId, failed.code(), failed.message(), failed.attempts());
  }
}
