package dev.wrinklefree.checkpoint.watch;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;

/**
 * Begins at a fixed rate: an execution's own length does not delay the next, as it would with a
 * fixed delay. Executions that were missed are not made up for.
 *
 * @param interval between two beginnings
 */
record EveryInterval(Duration interval) implements Schedule {

  EveryInterval {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval must be positive: " + interval);
    }
  }

  @Override
  public Instant getNextExecutionTime(ExecutionComplete done) {
    Instant next = done.getExecution().executionTime.plus(interval);
    return next.isBefore(done.getTimeDone()) ? done.getTimeDone() : next;
  }

  @Override
  public boolean isDeterministic() {
    return false;
  }
}
