package dev.wrinklefree.launch.work;

import java.time.Duration;

/** How far a piece of durable work came. */
public sealed interface Progress {

  /** It is done. */
  record Done() implements Progress {}

  /**
   * It has to be taken up again.
   *
   * @param pause how long to wait before
   */
  record Again(Duration pause) implements Progress {}
}
