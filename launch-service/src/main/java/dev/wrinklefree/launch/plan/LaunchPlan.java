package dev.wrinklefree.launch.plan;

import dev.wrinklefree.contract.event.LaunchAccepted;

/**
 * What accepting a request means.
 *
 * @param accepted the answer
 * @param taskYaml the SkyPilot task, rendered once, so that every attempt submits the same
 */
public record LaunchPlan(LaunchAccepted accepted, String taskYaml) {

  /** Leaves out the task, whose variables are nobody's business in a log. */
  @Override
  public String toString() {
    return "LaunchPlan[" + accepted.runId() + "]";
  }
}
