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
    return candidate.cloud().map(cloud::equalsIgnoreCase).orElse(true)
        && candidate.region().map(region::equals).orElse(true)
        && candidate.instanceType().map(instanceType::equals).orElse(true)
        && (!candidate.spot() || spot)
        && fitsAccelerator(candidate);
  }

  private boolean fitsAccelerator(Candidate candidate) {
    if (candidate.accelerator().isEmpty()) {
      return count == 0 || candidate.instanceType().isPresent();
    }
    return accelerator.equalsIgnoreCase(candidate.accelerator().orElseThrow())
        && count == candidate.count();
  }
}
