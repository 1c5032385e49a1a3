package dev.wrinklefree.monitor.observation;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SkyPilot's placement as the contract has it. */
public final class Places {
  private Places() {}

  /** Where the machines are; empty while not even the cloud is known. */
  public static Optional<Placement> of(JobPlacement place) {
    return Optional.ofNullable(place.cloud())
        .map(
            cloud ->
                new Placement(
                    cloud.toLowerCase(Locale.ROOT),
                    place.region(),
                    place.zone(),
                    place.instanceType().orElse(null),
                    accelerators(place.accelerators()),
                    place.spot(),
                    Math.max(1, place.nodes().orElse(1))));
  }

  /** A machine has GPUs of one type; a part of one GPU counts as one. */
  private static @Nullable Accelerators accelerators(Map<String, BigDecimal> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().signum() > 0 && !entry.getKey().isBlank())
        .min(Map.Entry.comparingByKey())
        .map(entry -> new Accelerators(entry.getKey(), whole(entry.getValue())))
        .orElse(null);
  }

  private static int whole(BigDecimal count) {
    return count.setScale(0, RoundingMode.CEILING).intValueExact();
  }
}
