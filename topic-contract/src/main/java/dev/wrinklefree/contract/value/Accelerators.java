package dev.wrinklefree.contract.value;

/**
 * GPUs of one node.
 *
 * @param type SkyPilot's accelerator name, for example {@code H100} or {@code A10G}
 * @param count GPUs per node, at least 1
 */
public record Accelerators(String type, int count) {

  /**
   * @throws IllegalArgumentException if {@code type} is blank or {@code count} is below 1
   */
  public Accelerators {
    if (type.isBlank()) {
      throw new IllegalArgumentException("accelerator type must not be blank");
    }
    if (count < 1) {
      throw new IllegalArgumentException("accelerator count must be at least 1");
    }
  }

  /** SkyPilot's notation, for example {@code H100:4}. */
  public String notation() {
    return type + ":" + count;
  }
}
