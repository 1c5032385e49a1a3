package dev.wrinklefree.sandbox.skypilot.task;

/**
 * A machine type that a cloud sells in a region.
 *
 * @param cloud cloud as SkyPilot prints it, such as {@code Nebius}
 * @param region region of that cloud
 * @param instanceType the cloud's name of the machine type
 * @param accelerator GPU name in SkyPilot's catalog; empty on a machine without one
 * @param count GPUs of the machine
 * @param vcpus virtual processors
 * @param memoryGib memory in GiB
 * @param spot whether it is sold as a spot machine too
 */
public record Offer(
    String cloud,
    String region,
    String instanceType,
    String accelerator,
    int count,
    int vcpus,
    int memoryGib,
    boolean spot) {

  boolean fits(Candidate candidate) {
    return (candidate.cloud() == null || cloud.equalsIgnoreCase(candidate.cloud()))
        && (candidate.region() == null || region.equals(candidate.region()))
        && (candidate.instanceType() == null || instanceType.equals(candidate.instanceType()))
        && (!candidate.spot() || spot)
        && fitsAccelerator(candidate);
  }

  private boolean fitsAccelerator(Candidate candidate) {
    if (candidate.accelerator() == null) {
      return count == 0 || candidate.instanceType() != null;
    }
    return accelerator.equalsIgnoreCase(candidate.accelerator()) && count == candidate.count();
  }
}
