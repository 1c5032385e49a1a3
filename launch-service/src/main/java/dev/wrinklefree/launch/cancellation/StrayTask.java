package dev.wrinklefree.launch.cancellation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.work.DurableTask;
import java.time.Instant;

/** The durable task that watches for a run's stray jobs. */
public final class StrayTask {

  static final TaskDescriptor<StrayWatch> DESCRIPTOR =
      TaskDescriptor.of("stray-jobs", StrayWatch.class);

  private final SchedulerClient scheduler;
  private final LookPlan plan;

  StrayTask(SchedulerClient scheduler, LookPlan plan) {
    this.scheduler = scheduler;
    this.plan = plan;
  }

  /**
   * Has the run watched once the transaction in progress commits.
   *
   * @param state what its submission ended in just now
   */
  public void schedule(RunId runId, RunState state, Instant now) {
    StrayWatch watch = plan.begin(state, now);
    DurableTask.schedule(scheduler, DESCRIPTOR, runId, watch, plan.due(watch));
  }
}
