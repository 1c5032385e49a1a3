package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;
import java.util.Optional;

/** The newest complete checkpoint of each run, as {@code gs://} URIs. */
public interface NewestCheckpoints {

  /** That of a run; empty if it has none that is known. */
  Optional<String> ofRun(RunId runId);

  /**
   * That of the newest run of a likeness that has one.
   *
   * @param likeness {@link Likeness#of}
   * @param but the run that asks, which does not count
   */
  Optional<String> ofNewestLike(String likeness, RunId but);
}
