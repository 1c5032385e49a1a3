package dev.wrinklefree.sandbox.skypilot.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One kind of machine that a task accepts.
 *
 * @param cloud cloud name in any case; empty means any cloud
 * @param region region; empty means any region
 * @param instanceType machine type; empty means any that has the accelerators
 * @param accelerator GPU name; empty means a machine without one
 * @param count GPUs; 0 without an accelerator
 * @param spot whether it must be a spot machine
 * @param diskGb size of the boot disk in GB
 */
public record Candidate(
    Optional<String> cloud,
    Optional<String> region,
    Optional<String> instanceType,
    Optional<String> accelerator,
    int count,
    boolean spot,
    int diskGb) {

  public Candidate {
    requireNonNull(cloud, "cloud is null");
    requireNonNull(region, "region is null");
    requireNonNull(instanceType, "instanceType is null");
    requireNonNull(accelerator, "accelerator is null");
  }

  /** As the {@code resources} column of the queue prints it, such as {@code 1x[H100:1][Spot]}. */
  public String display() {
    String machine =
        accelerator.map(name -> name + ":" + count).or(() -> instanceType).orElse("CPU:1+");
    return "1x[" + machine + "]" + (spot ? "[Spot]" : "");
  }

  String describe() {
    return display() + cloud.map(name -> " on " + name).orElse("");
  }
}
