package dev.wrinklefree.cost.estimate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long runs of ours took that began from nothing and succeeded. */
@FunctionalInterface
public interface OwnRuns {

  /** Nothing was ever trained here. */
  OwnRuns NONE = (template, model, scale) -> List.of();

  /** The newest of them, at most 20, in any order. */
  List<OwnRun> newest(String template, String model, String scale);

  /**
   * One of them.
   *
   * @param machineSeconds how long it had machines, whatever was lost of it
   * @param steps how many steps were planned; absent if that is not known
   */
  record OwnRun(long machineSeconds, @Nullable Long steps) {}
}
