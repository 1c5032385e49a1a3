package dev.wrinklefree.launch.api;

import java.util.List;

/**
 * A list of runs.
 *
 * @param launches newest first
 */
record LaunchList(List<LaunchView> launches) {

  /** Copies the list. */
  LaunchList {
    launches = List.copyOf(launches);
  }
}
