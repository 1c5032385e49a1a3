package dev.wrinklefree.sandbox.skypilot.job;

/** SkyPilot's ManagedJobStatus. */
public enum JobStatus {
  /** Waiting for a controller. */
  PENDING("WAITING", false),
  /** Written by releases before 0.9 only: a controller has taken it up. */
  SUBMITTED("LAUNCHING", false),
  /** Its machine is being provisioned. */
  STARTING("LAUNCHING", false),
  /** {@code setup} or {@code run} is running. */
  RUNNING("ALIVE", false),
  /** A batch job is ending; none runs here, one can be recorded. */
  WINDING_DOWN("ALIVE", false),
  /** Its machine was lost, or its code failed and is started again. */
  RECOVERING("LAUNCHING", false),
  /** Its machine is being torn down for a cancellation. */
  CANCELLING("ALIVE", false),
  /** {@code run} ended with exit code 0. */
  SUCCEEDED("DONE", true),
  /** Cancelled. */
  CANCELLED("DONE", true),
  /** {@code run} ended with another exit code. */
  FAILED("DONE", true),
  /** {@code setup} ended with another exit code than 0. */
  FAILED_SETUP("DONE", true),
  /** The job can never run. */
  FAILED_PRECHECKS("DONE", true),
  /** No machine was found; here one always is, and such a job can be recorded only. */
  FAILED_NO_RESOURCE("DONE", true),
  /** The stand-in itself failed. */
  FAILED_CONTROLLER("DONE", true);

  private final String scheduleState;
  private final boolean terminal;

  JobStatus(String scheduleState, boolean terminal) {
    this.scheduleState = scheduleState;
    this.terminal = terminal;
  }

  /** Value of the column {@code schedule_state}. */
  public String scheduleState() {
    return scheduleState;
  }

  /** Whether the job is over. */
  public boolean terminal() {
    return terminal;
  }
}
