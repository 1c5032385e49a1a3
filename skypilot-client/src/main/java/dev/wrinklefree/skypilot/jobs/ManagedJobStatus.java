package dev.wrinklefree.skypilot.jobs;

/**
 * Status of a managed job's task. It is not monotonic, and even a terminal status may still become
 * {@link #FAILED_CONTROLLER}.
 */
public enum ManagedJobStatus {
  /** Waiting for the controller, or between two launch attempts. */
  PENDING(false),
  /** Deprecated in SkyPilot; older servers send it. */
  SUBMITTED(false),
  /** Machines are being provisioned. */
  STARTING(false),
  /** The task's setup or run is under way. */
  RUNNING(false),
  /** A batch job finishing its last batches. */
  WINDING_DOWN(false),
  /** The machines were lost; others are being sought. */
  RECOVERING(false),
  /** A cancel was taken up; machines may still exist. */
  CANCELLING(false),
  SUCCEEDED(true),
  CANCELLED(true),
  /** The user's code failed. */
  FAILED(true),
  FAILED_SETUP(true),
  /** Infeasible or invalid resources, or no credentials for them. */
  FAILED_PRECHECKS(true),
  /** Every launch attempt failed. */
  FAILED_NO_RESOURCE(true),
  /** The controller died; the workload itself may be healthy. */
  FAILED_CONTROLLER(true),
  /** A word that this client does not know; the record keeps it as it came. */
  UNKNOWN(false);

  private final boolean terminal;

  ManagedJobStatus(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether SkyPilot does nothing more for the task. Judge an end by this, never by end times. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The status of that name, or {@link #UNKNOWN}. */
  public static ManagedJobStatus parse(String word) {
    for (ManagedJobStatus status : values()) {
      if (status.name().equals(word)) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
