package dev.wrinklefree.cost.run;

import dev.wrinklefree.contract.event.LaunchAccepted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the accepted event told of a run; all absent for a run that was not accepted before our
 * eyes.
 *
 * @param name friendly name, shared by many runs
 * @param model model that it trains
 * @param scale the scale that was asked for
 * @param owner who answers for it
 * @param labels as requested
 */
public record RunFacts(
    @Nullable String name,
    @Nullable String model,
    @Nullable String scale,
    @Nullable String owner,
    Map<String, String> labels) {

  /** Nothing is known. */
  public static final RunFacts NONE = new RunFacts(null, null, null, null, Map.of());

  /** Copies the map. */
  public RunFacts {
    labels = Map.copyOf(labels);
  }

  /** What the event tells. */
  public static RunFacts of(LaunchAccepted accepted) {
    return new RunFacts(
        accepted.name(), accepted.model(), accepted.scale(), accepted.owner(), accepted.labels());
  }
}
