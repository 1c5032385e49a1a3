package dev.wrinklefree.outbox.watching;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries at intervals whether something can be reached, on a thread of its own: a health probe gets
 * its answer at once, also while the attempt hangs.
 */
final class Probe implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Probe.class);

  private final Watch watch;
  private final Attempt attempt;
  private final Clock clock;
  private final Instant startedAt;
  private final ScheduledExecutorService timer;
  private volatile WatchState state = WatchState.UNKNOWN;

  /** One attempt; whatever it throws means that the thing cannot be reached. */
  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  /** Tries from now on. */
  Probe(Watch watch, Attempt attempt, Clock clock) {
    this.watch = watch;
    this.attempt = attempt;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("probe-" + watch.name()).daemon().factory());
    timer.scheduleWithFixedDelay(this::run, 0, watch.interval().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether it can be reached, judged as a watch is. */
  Sight sight() {
    return Sight.of(watch, state, startedAt, clock.instant());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void run() {
    try {
      attempt.run();
      if (state.isFailing()) {
        LOGGER.info("Reached again: {}", watch.name());
      }
      state = new WatchState(clock.instant(), null, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) { // a timer forgets a task that once throws
      String reason = rootOf(e).toString();
      if (!state.isFailing()) {
        LOGGER.warn("Cannot reach the {}: {}", watch.name(), reason);
      }
      state = new WatchState(state.lastSuccessAt(), clock.instant(), reason);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
