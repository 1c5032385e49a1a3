package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.contract.value.CheckpointLayout;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the alerts of a run are judged by.
 *
 * @param where {@code gs://} address of its prefix
 * @param vigil how long what has been waited for
 * @param layout how its checkpoints are named; null if its launch tells of none: then none is
 *     expected
 * @param justLooked whether a good listing has just been made: only then is anything raised
 * @param written when its last checkpoints of a series were written, by Google's clock
 * @param finalThere whether its final checkpoint is, or was, complete
 * @param partial directories that lack objects
 */
record Situation(
    String where,
    Vigil vigil,
    @Nullable CheckpointLayout layout,
    boolean justLooked,
    List<Instant> written,
    boolean finalThere,
    List<PartialDirectory> partial) {

  /** Copies the lists. */
  Situation {
    written = List.copyOf(written);
    partial = List.copyOf(partial);
  }

  /** Whether the run writes checkpoints in a series. */
  boolean expectsSeries() {
    return layout != null && layout.patterns().stream().anyMatch(pattern -> !pattern.last());
  }

  /** Whether the run writes checkpoints at all. */
  boolean expectsAny() {
    return layout != null && !layout.patterns().isEmpty();
  }

  /** Whether it writes a last one when it ends well. */
  boolean expectsFinal() {
    return layout != null && layout.hasLast();
  }
}
