package dev.wrinklefree.sandbox.skypilot.task;

import static java.util.Objects.requireNonNull;

/**
 * Where a job runs. Zones are not simulated.
 *
 * @param offer the machine
 * @param spot whether it is the spot variant
 * @param diskGb size of the boot disk in GB
 */
public record Placement(Offer offer, boolean spot, int diskGb) {

  public Placement {
    requireNonNull(offer, "offer is null");
  }

  static Placement of(Offer offer, Candidate candidate) {
    return new Placement(offer, candidate.spot(), candidate.diskGb());
  }

  /** Column {@code cluster_resources}. */
  public String display() {
    return prefix() + gpus() + offer.instanceType() + ", ...)";
  }

  /** Column {@code cluster_resources_full}. */
  public String displayFull() {
    return "%s%scpus=%d, mem=%d, %s, disk=%d)"
        .formatted(
            prefix(), gpus(), offer.vcpus(), offer.memoryGib(), offer.instanceType(), diskGb);
  }

  private String prefix() {
    return spot ? "1x[spot](" : "1x(";
  }

  private String gpus() {
    return offer.count() == 0 ? "" : "gpus=%s:%d, ".formatted(offer.accelerator(), offer.count());
  }
}
