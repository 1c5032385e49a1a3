package dev.wrinklefree.launch.cancellation;

import java.time.Instant;
import java.util.List;

/**
 * How far the watch for a run's stray jobs is.
 *
 * @param since when the last submit of the run ended
 * @param first the first look that is due
 * @param underWay strays whose cancel was asked for and which had not ended at the last look
 */
record StrayWatch(Instant since, int first, List<Long> underWay) {

  StrayWatch {
    underWay = List.copyOf(underWay);
  }
}
