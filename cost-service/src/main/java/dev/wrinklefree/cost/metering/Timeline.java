package dev.wrinklefree.cost.metering;

import java.util.List;

/**
 * What a run's job states tell of its machines.
 *
 * @param intervals when machines existed, oldest first, never overlapping; only the last can be
 *     open
 * @param ended whether the job has ended
 */
public record Timeline(List<MachineInterval> intervals, boolean ended) {

  /** Copies the list. */
  public Timeline {
    intervals = List.copyOf(intervals);
  }

  /** Whether machines exist now. */
  public boolean accruing() {
    return !intervals.isEmpty() && intervals.getLast().isOpen();
  }
}
