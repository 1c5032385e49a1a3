package dev.wrinklefree.launch.cancellation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.work.DurableTask;
import java.time.Instant;

/** The durable task that cancels a submitted run's job. */
public final class CancelTask {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("cancel");

  private final SchedulerClient scheduler;

  CancelTask(SchedulerClient scheduler) {
    this.scheduler = scheduler;
  }

  /** Has the run's job cancelled once the transaction in progress commits. */
  public void schedule(RunId runId, Instant now) {
    DurableTask.schedule(scheduler, DESCRIPTOR, runId, now);
  }
}
