package dev.wrinklefree.bench.figure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is held against, measured in the same runs.
 *
 * @param name what was measured
 * @param samples in the unit of the figure, as many as it has
 * @param bound what the ratio of the figure to this is to be; null where none was set
 */
public record Peer(String name, Samples samples, @Nullable Goal bound) {

  /** What the ratio is to be, if anything. */
  public Optional<Goal> goal() {
    return Optional.ofNullable(bound);
  }
}
