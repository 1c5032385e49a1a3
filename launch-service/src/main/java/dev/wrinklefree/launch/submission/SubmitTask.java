package dev.wrinklefree.launch.submission;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.work.DurableTask;
import java.time.Instant;
import java.util.List;

/** The durable task that submits a run. */
public final class SubmitTask {

  static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("submit");

  private final SchedulerClient scheduler;
  private final SubmitLine line;

  SubmitTask(SchedulerClient scheduler, SubmitLine line) {
    this.scheduler = scheduler;
    this.line = line;
  }

  /**
   * Has new runs submitted once the transaction in progress commits: at once, or when there may be
   * room for them, in their order.
   */
  public void schedule(List<RunId> runIds, Instant now) {
    DurableTask.schedule(scheduler, DESCRIPTOR, line.turns(runIds, now));
  }
}
