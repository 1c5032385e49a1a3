package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a run is looked at for stray jobs.
 *
 * @param times counted from the end of its submission, ascending; at least one
 */
record LookPlan(List<Duration> times) {

  LookPlan {
    times = times.stream().sorted().toList();
    if (times.isEmpty() || times.getFirst().isNegative()) {
      throw new IllegalArgumentException("wf.stray-jobs.looks needs times from now on");
    }
  }

  /** The watch of a run whose submission ended just now in that state. */
  StrayWatch begin(RunState state, Instant now) {
    boolean sentOnce =
        state instanceof Submitted submitted && submitted.attempts() == 1 && !submitted.adopted();
    return new StrayWatch(now, sentOnce ? times.size() - 1 : 0, List.of());
  }

  /** When the watch's next look is due. */
  Instant due(StrayWatch watch) {
    return watch.since().plus(times.get(Math.min(watch.first(), times.size() - 1)));
  }

  /** The watch after a look; nothing if it was the last. Looks that were missed are not made up. */
  Optional<StrayWatch> after(StrayWatch watch, Instant now) {
    int next = watch.first() + 1;
    while (next < times.size() - 1 && !watch.since().plus(times.get(next)).isAfter(now)) {
      next++;
    }
    return next < times.size()
        ? Optional.of(new StrayWatch(watch.since(), next, List.of()))
        : Optional.empty();
  }
}
