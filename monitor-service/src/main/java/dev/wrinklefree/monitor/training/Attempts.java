package dev.wrinklefree.monitor.training;

import dev.wrinklefree.monitor.wandb.WandbException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a project may be asked again. The pauses are those of W&amp;B's own client: 2 s after the
 * first failure, doubling to 60 s, and no shorter than the server asks for; spread, so that several
 * of us do not come back at once.
 *
 * @param failures in a row
 * @param notBefore absent where nothing forbids it
 */
record Attempts(int failures, @Nullable Instant notBefore) {
  static final Attempts NONE = new Attempts(0, null);

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final double SPREAD = 0.25;

  boolean allowed(Instant now) {
    return notBefore == null || !now.isBefore(notBefore);
  }

  /** After an answer, which may ask for a rest. */
  static Attempts succeeded(Instant now, @Nullable Duration rest) {
    return rest == null ? NONE : new Attempts(0, now.plus(rest));
  }

  /** After a failure. */
  Attempts failed(Instant now, WandbException failure, RandomGenerator random) {
    Duration pause =
        switch (failure.kind()) {
          case UNAVAILABLE, RATE_LIMITED -> grown();
          case UNAUTHORIZED, REFUSED -> LONGEST;
        };
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration spread = Duration.ofMillis(Math.round(pause.toMillis() * random.nextDouble(SPREAD)));
    Duration wait = (asked.compareTo(pause) > 0 ? asked : pause).plus(spread);
    return new Attempts(failures + 1, now.plus(wait));
  }

  private Duration grown() {
    Duration pause = FIRST;
    for (int i = 0; i < failures && pause.compareTo(LONGEST) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
