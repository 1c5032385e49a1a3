package dev.wrinklefree.cost.run;

import dev.wrinklefree.contract.value.Accelerators;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the accepted event told of a run; all absent for a run that was not accepted before our
 * eyes.
 *
 * @param name friendly name, shared by many runs
 * @param template the task template
 * @param model model that it trains
 * @param scale the scale that was asked for
 * @param accelerators GPUs per node that were asked for
 * @param plannedSteps how many steps it is to take; absent where nobody has said so
 * @param resumed whether it goes on from another run's checkpoint
 * @param owner who answers for it
 * @param labels as requested
 */
public record RunFacts(
    @Nullable String name,
    @Nullable String template,
    @Nullable String model,
    @Nullable String scale,
    @Nullable Accelerators accelerators,
    @Nullable Long plannedSteps,
    boolean resumed,
    @Nullable String owner,
    Map<String, String> labels) {

  /** Nothing is known. */
  public static final RunFacts NONE =
      new RunFacts(null, null, null, null, null, null, false, null, Map.of());

  /** Copies the map. */
  public RunFacts {
    labels = Map.copyOf(labels);
  }
}
