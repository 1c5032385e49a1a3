package dev.wrinklefree.monitor.wandb;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those of the runs asked for that the project has.
 *
 * @param runs in W&amp;B's order
 * @param rest how long W&amp;B wants not to be asked again; absent if it does not say
 */
public record ProjectRuns(List<WandbSighting> runs, @Nullable Duration rest) {

  /** Copies the list. */
  public ProjectRuns {
    runs = List.copyOf(runs);
  }
}
