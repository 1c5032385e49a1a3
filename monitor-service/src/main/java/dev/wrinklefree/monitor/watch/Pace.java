package dev.wrinklefree.monitor.watch;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;

/**
 * When the next round is due: an interval after the last one was, however long that took, so that a
 * change waits at most one interval to be seen. A round that took longer is followed by a rest of a
 * quarter interval, since a server is slow when it is overloaded.
 */
public final class Pace implements Schedule {
  private static final int REST_DIVISOR = 4;

  private final Duration interval;

  /**
   * @param interval from round to round
   * @throws IllegalArgumentException if it is not positive
   */
  public Pace(Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("the interval between rounds must be positive");
    }
    this.interval = interval;
  }

  @Override
  public Instant getNextExecutionTime(ExecutionComplete last) {
    return next(last.getExecution().executionTime, last.getTimeDone());
  }

  /** The first round begins at once. */
  @Override
  public Instant getInitialExecutionTime(Instant now) {
    return now;
  }

  /** A round's time depends on the one before it. */
  @Override
  public boolean isDeterministic() {
    return false;
  }

  Instant next(Instant lastDue, Instant lastDone) {
    Instant inStep = lastDue.plus(interval);
    Instant rested = lastDone.plus(interval.dividedBy(REST_DIVISOR));
    return inStep.isAfter(rested) ? inStep : rested;
  }
}
