package dev.wrinklefree.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * Where a run's machines are, as SkyPilot reports it; a field that is not known yet is absent.
 *
 * @param cloud lower-case cloud name, for example {@code nebius}
 * @param region for example {@code eu-north1}
 * @param zone availability zone, where the cloud has such
 * @param instanceType the cloud's name of the machine type
 * @param accelerators GPUs per node
 * @param spot whether the machines can be taken away by the cloud
 * @param nodes number of machines, at least 1
 */
public record Placement(
    String cloud,
    @Nullable String region,
    @Nullable String zone,
    @Nullable String instanceType,
    @Nullable Accelerators accelerators,
    boolean spot,
    int nodes) {

  /**
   * @throws IllegalArgumentException if {@code nodes} is below 1
   */
  public Placement {
    if (nodes < 1) {
      throw new IllegalArgumentException("nodes must be at least 1");
    }
  }
}
