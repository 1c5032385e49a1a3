package dev.wrinklefree.sandbox.skypilot.task;

import org.jspecify.annotations.Nullable;

/**
 * One kind of machine that a task accepts.
 *
 * @param cloud cloud name in any case; null means any cloud
 * @param region region; null means any region
 * @param instanceType machine type; null means any that has the accelerators
 * @param accelerator GPU name; null means a machine without one
 * @param count GPUs; 0 without an accelerator
 * @param spot whether it must be a spot machine
 * @param diskGb size of the boot disk in GB
 */
public record Candidate(
    @Nullable String cloud,
    @Nullable String region,
    @Nullable String instanceType,
    @Nullable String accelerator,
    int count,
    boolean spot,
    int diskGb) {

  /** As the {@code resources} column of the queue prints it, such as {@code 1x[H100:1][Spot]}. */
  public String display() {
    return "1x[" + machine() + "]" + (spot ? "[Spot]" : "");
  }

  String describe() {
    return cloud == null ? display() : display() + " on " + cloud;
  }

  private String machine() {
    if (accelerator != null) {
      return accelerator + ":" + count;
    }
    return instanceType == null ? "CPU:1+" : instanceType;
  }
}
