package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;

/** From where a request wants training to go on. */
public sealed interface ResumeWish {

  /** From the beginning. */
  record Anew() implements ResumeWish {}

  /** From the newest complete checkpoint of the newest earlier run like this one that has any. */
  record Latest() implements ResumeWish {}

  /** From that run's newest complete checkpoint. */
  record OfRun(RunId runId) implements ResumeWish {}

  /**
   * From exactly that.
   *
   * @param uri {@code gs://bucket/object}, with a trailing slash for a directory
   */
  record At(String uri) implements ResumeWish {}
}
