package dev.wrinklefree.launch.api;

import java.util.List;

/**
 * A list of runs.
 *
 * @param launches newest first
 */
public record LaunchList(List<LaunchView> launches) {

  /** Copies the list. */
  public LaunchList {
    launches = List.copyOf(launches);
  }
}
