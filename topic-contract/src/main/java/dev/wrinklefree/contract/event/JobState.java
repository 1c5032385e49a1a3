package dev.wrinklefree.contract.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * State of a managed job, by SkyPilot's words. A state is not monotonic: {@code RUNNING} may go
 * back to {@code PENDING}, and a terminal state may be corrected to {@code FAILED_CONTROLLER}.
 */
public enum JobState {
  /** Waits for a controller slot, or backs off between launches. */
  PENDING(Phase.WAITING),
  /** Machines are being provisioned. */
  STARTING(Phase.WAITING),
  /** Setup or training runs. */
  RUNNING(Phase.ON_MACHINES),
  /** Work is done and the last results are being saved. */
  WINDING_DOWN(Phase.ON_MACHINES),
  /** The machines were lost and new ones are sought. */
  RECOVERING(Phase.WAITING),
  /** Cancellation is under way; machines still exist until they are torn down. */
  CANCELLING(Phase.ON_MACHINES),
  /** The job's own code ended well; whether the run did is told by its final checkpoint. */
  SUCCEEDED(Phase.ENDED),
  /** Cancelled on request. */
  CANCELLED(Phase.ENDED),
  /** The job's own code failed. */
  FAILED(Phase.ENDED),
  /** The task's setup failed. */
  FAILED_SETUP(Phase.ENDED),
  /** Infeasible or invalid before anything was provisioned. */
  FAILED_PRECHECKS(Phase.ENDED),
  /** No cloud had the machines, and retries ran out. */
  FAILED_NO_RESOURCE(Phase.ENDED),
  /** SkyPilot's controller failed; the workload itself may be healthy or done. */
  FAILED_CONTROLLER(Phase.ENDED),
  /**
   * The queue cannot be read, lacks the job, or says a word that we do not know. Never a failure.
   */
  @JsonEnumDefaultValue
  UNKNOWN(Phase.UNKNOWN);

  private enum Phase {
    WAITING,
    ON_MACHINES,
    ENDED,
    UNKNOWN
  }

  private final Phase phase;

  JobState(Phase phase) {
    this.phase = phase;
  }

  /** Whether the job has ended, as far as SkyPilot knows. */
  public boolean isTerminal() {
    return phase == Phase.ENDED;
  }

  /**
   * Whether machines exist, and so cost money, in this state. Not in {@code STARTING}: SkyPilot
   * does not tell when a machine comes up before the job runs on it. {@link #UNKNOWN} says nothing,
   * so a reader keeps what it last knew.
   */
  public boolean holdsMachines() {
    return phase == Phase.ON_MACHINES;
  }
}
