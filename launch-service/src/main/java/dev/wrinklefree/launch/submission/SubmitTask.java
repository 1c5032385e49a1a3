package dev.wrinklefree.launch.submission;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.work.DurableTask;
import java.time.Instant;

/** The durable task that submits a run. */
public final class SubmitTask {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("submit");

  private final SchedulerClient scheduler;

  SubmitTask(SchedulerClient scheduler) {
    this.scheduler = scheduler;
  }

  /** Has the run submitted once the transaction in progress commits. */
  public void schedule(RunId runId, Instant now) {
    DurableTask.schedule(scheduler, DESCRIPTOR, runId, now);
  }
}
