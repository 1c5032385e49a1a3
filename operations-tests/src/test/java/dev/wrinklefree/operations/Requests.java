package dev.wrinklefree.operations;

import dev.wrinklefree.contract.event.LaunchRequested;
import java.util.List;
import java.util.Map;

/** A launch request that the stand-in for SkyPilot can place. */
final class Requests {

  private Requests() {}

  /** One H100 of any cloud. */
  static LaunchRequested small() {
    return new LaunchRequested(
        null,
        null,
        "smollm2_135m",
        "w2",
        "small",
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        true,
        null,
        Map.of(),
        null,
        Map.of(),
        null,
        null);
  }
}
