package dev.wrinklefree.sandbox.wandb;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What W&amp;B says of a run. */
enum RunState {
  /** A placeholder: nobody has reported yet. */
  PENDING,
  RUNNING,
  /** The client said that its machine is about to be taken away. */
  PREEMPTING,
  PREEMPTED,
  FINISHED,
  FAILED,
  /** Nothing was heard of the client for too long. It may live. */
  CRASHED,
  /** It ended after somebody asked it to. */
  KILLED;

  /** What a client told of the run's life. */
  sealed interface Told {

    /** Nothing yet. */
    record Nothing() implements Told {}

    /** That it lives. */
    record Alive() implements Told {}

    /** That it is over. */
    record Over(int exitCode) implements Told {}
  }

  /**
   * The state of a run.
   *
   * @param heartbeatAt when the client was last heard of
   * @param staleAfter silence after which a run that was alive counts as crashed
   */
  static RunState of(
      Told told,
      boolean preempting,
      boolean stopRequested,
      @Nullable Instant heartbeatAt,
      Instant now,
      Duration staleAfter) {
    return switch (told) {
      case Told.Nothing nothing -> PENDING;
      case Told.Alive alive -> {
        if (heartbeatAt != null && heartbeatAt.plus(staleAfter).isBefore(now)) {
          yield preempting ? PREEMPTED : CRASHED;
        }
        yield preempting ? PREEMPTING : RUNNING;
      }
      case Told.Over(int exitCode) -> {
        if (stopRequested) {
          yield KILLED;
        } else if (exitCode == 0) {
          yield FINISHED;
        }
        yield preempting ? PREEMPTED : FAILED;
      }
    };
  }

  /** As it is written in answers and filters. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
