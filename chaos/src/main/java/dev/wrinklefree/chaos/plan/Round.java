package dev.wrinklefree.chaos.plan;

import dev.wrinklefree.chaos.load.Request;
import java.util.List;

/**
 * One round.
 *
 * @param number from 1
 * @param acts what is done to the platform, in the order of their times
 * @param requests what is asked of it meanwhile, in the order of their times
 */
public record Round(int number, List<Act> acts, List<Request> requests) {

  /** Copies the lists. */
  public Round {
    acts = List.copyOf(acts);
    requests = List.copyOf(requests);
  }
}
