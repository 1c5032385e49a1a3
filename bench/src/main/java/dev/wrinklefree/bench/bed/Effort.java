package dev.wrinklefree.bench.bed;

/**
 * How much is measured.
 *
 * @param runs how often each thing is measured; the median is told
 * @param quick whether small sizes are enough: to see that a suite works, not to state a figure
 */
public record Effort(int runs, boolean quick) {

  /** Refuses no runs. */
  public Effort {
    if (runs < 1) {
      throw new IllegalArgumentException("runs must be 1 or more, not " + runs);
    }
  }

  /** One size or the other. */
  public int size(int full, int quickly) {
    return quick ? quickly : full;
  }
}
